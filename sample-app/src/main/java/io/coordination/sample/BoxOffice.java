package io.coordination.sample;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The box office, a web application on port 8080. */
@SpringBootApplication
public class BoxOffice {

    public static void main(String[] args) {
        SpringApplication.run(BoxOffice.class, args);
    }
}
