package io.coordination.sample.show;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/** The show that people buy seats for on the page. It is opened when the application starts for the first time. */
@Component
public class EveningShow implements InitializingBean {

    private static final String TITLE = "This evening";
    private static final int SEATS = 96;

    private final Shows shows;

    EveningShow(Shows shows) {
        this.shows = shows;
    }

    @Override
    public void afterPropertiesSet() {
        if (shows.findLast(TITLE).isEmpty()) {
            shows.open(TITLE, SEATS);
        }
    }

    /** The show as it stands now. */
    public Show now() {
        return shows.findLast(TITLE)
                .orElseThrow(() -> new IllegalStateException("The show \"" + TITLE
                        + "\" is gone from the database. Restart the application, it opens a new one."));
    }
}
