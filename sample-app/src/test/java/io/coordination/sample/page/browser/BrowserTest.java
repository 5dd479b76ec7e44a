package io.coordination.sample.page.browser;

import io.coordination.sample.BoxOfficeTest;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.test.context.TestPropertySource;

/**
 * A test that sees the page in a browser: a parameter of type {@link Page} is the page, just loaded. Whatever the browser
 * complains of by the end of the test fails it.
 *
 * <p>These tests share an application of their own: others hold locks that the page would show.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
@BoxOfficeTest
@TestPropertySource(properties = "spring.datasource.url=jdbc:h2:mem:seen-in-a-browser;DB_CLOSE_DELAY=-1")
@interface BrowserTest {}
