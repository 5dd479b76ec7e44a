package io.coordination.neighbour;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Lease;
import io.coordination.lock.LockNotAcquiredException;
import io.coordination.lock.LockOptions;
import io.coordination.lock.Resource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says the token of a lock, has itself restarted by DevTools, says that of the next one, and ends. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RestartingApplication {

    private static final String RUNS = "restarting.runs";

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(RestartingApplication.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.run(args);
    }

    @Bean
    ApplicationRunner lockAndRestart(DistributedLockManager locks) {
        return arguments -> {
            // What lives in a class is gone with its loader after a restart
            int run = Integer.getInteger(RUNS, 0) + 1;
            System.setProperty(RUNS, Integer.toString(run));
            Thread next = new Thread(() -> lock(locks, run), "next");
            next.setContextClassLoader(Thread.currentThread().getContextClassLoader());
            next.start();
        };
    }

    private static void lock(DistributedLockManager locks, int run) {
        LockOptions patient = LockOptions.defaults().withWaitAtMost(Duration.ofSeconds(30));
        try (Lease lease = acquire(locks, patient)) {
            System.out.println("run " + run + " token " + lease.token() + " loader "
                    + RestartingApplication.class.getClassLoader().getClass().getSimpleName());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (run == 1) {
            Restarter.getInstance().restart();
        } else {
            System.exit(0);
        }
    }

    /** An instance that has just started may not ask yet. */
    private static Lease acquire(DistributedLockManager locks, LockOptions options) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try {
                return locks.acquire(Resource.named("restarted"), options);
            } catch (LockNotAcquiredException e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
    }
}
