package io.coordination.sample.show;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The show that people buy seats for on the page. The instance that starts first opens it. */
@Component
public class EveningShow implements InitializingBean {

    private static final String TITLE = "This evening";
    private static final int SEATS = 96;
    private static final Logger LOG = LoggerFactory.getLogger(EveningShow.class);

    private final Shows shows;

    EveningShow(Shows shows) {
        this.shows = shows;
    }

    @Override
    public void afterPropertiesSet() {
        if (shows.evening().isEmpty()) {
            try {
                shows.openEvening(TITLE, SEATS);
            } catch (DuplicateKeyException e) {
                LOG.info("Another instance has opened the show \"{}\" at the same moment.", TITLE);
            }
        }
    }

    /** The show as it stands now. */
    public Show now() {
        return shows.evening()
                .orElseThrow(() -> new IllegalStateException("The show \"" + TITLE
                        + "\" is gone from the database. Restart the application, it opens a new one."));
    }
}
