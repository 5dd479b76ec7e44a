package io.coordination.process;

import io.coordination.channel.Channel;
import io.coordination.jdbc.JdbcFencingGuard;
import io.coordination.lock.DistributedLockManager;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** An application of its own process, with load on its locks. It ends with whoever started it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class Instance {

    public static void main(String[] arguments) throws IOException {
        Voice voice = new Voice(System.out);
        // What is logged must not come between what is said
        System.setOut(System.err);
        SpringApplication application = new SpringApplication(Instance.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> context.getBeanFactory().registerSingleton("voice", voice));
        ConfigurableApplicationContext context = application.run(arguments);
        new Orders(
                        context.getBean(DistributedLockManager.class),
                        context.getBean(Channel.class),
                        context.getBean(Ledger.class),
                        voice)
                .obey(System.in);
        Runtime.getRuntime().halt(1);
    }

    @Bean
    Ledger ledger(
            JdbcTemplate jdbc,
            JdbcFencingGuard guard,
            @Value("${process.writer}") String writer,
            @Value("${process.guarded:true}") boolean guarded) {
        return new Ledger(jdbc, guard, writer, guarded);
    }

    @Bean
    BoxOffice boxOffice(DistributedLockManager locks) {
        return new BoxOffice(locks);
    }

    @Bean
    Load load(
            DistributedLockManager locks,
            BoxOffice boxOffice,
            Ledger ledger,
            Voice voice,
            @Value("${process.seed}") long seed) {
        return new Load(locks, boxOffice, ledger, voice, seed);
    }
}
