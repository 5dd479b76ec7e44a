package io.coordination.spring.autoconfigure;

import io.coordination.lock.DistributedLockManager;
import io.coordination.lock.Resource;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that takes a lock, for class paths without this or that; it refers to no optional library. */
@EnableAutoConfiguration
public class SmallApplication {

    /** Starts the application, takes a lock, stops, and tells which beans of ours there were. */
    public static List<String> beans() throws InterruptedException {
        try (ConfigurableApplicationContext context = SpringApplication.run(
                SmallApplication.class,
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--coordination.store=local",
                "--spring.datasource.generate-unique-name=true",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoints.jmx.exposure.include=*",
                "--spring.jmx.enabled=true")) {
            context.getBean(DistributedLockManager.class)
                    .acquire(Resource.named("report"))
                    .close();
            return List.of(context.getBeanDefinitionNames()).stream()
                    .filter(name -> name.startsWith("coordination"))
                    .toList();
        }
    }
}
