package io.coordination.sample.page.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.springframework.core.io.ClassPathResource;

/** The page of the box office as the browser shows it. */
final class Page {

    private final ChromeDriver driver;

    private Page(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Loads the page in a wide, light window, and waits until it shows what the box office answered. */
    static Page open(ChromeDriver driver, String address) {
        var page = new Page(driver);
        // Away from the page first: what it still asked for belongs to the test before
        driver.get("about:blank");
        page.complaints().sinceLastAsked();
        page.size(1280, 900);
        page.colours("light");
        driver.get(address);
        page.soon()
                .untilAsserted(
                        () -> assertThat((String) page.script("return document.getElementById('node').dataset.live"))
                                .isEqualTo("yes"));
        return page;
    }

    /** Waits for an effect. A busy machine gets the time it needs; one that is idle does not wait. */
    ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
    }

    Complaints complaints() {
        return new Complaints(driver);
    }

    WebElement find(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    /** Found and read in one step: the page may replace the element at any time. Empty if it is not there. */
    String text(String css) {
        return script("return document.querySelector(arguments[0])?.innerText ?? ''", css);
    }

    /** The values of a list of facts by their names. */
    Map<String, String> facts(String css) {
        return script("""
                const facts = [...document.querySelectorAll(`${arguments[0]} > div`)];
                return Object.fromEntries(facts.map((fact) => ['dt', 'dd'].map((part) => fact.querySelector(part).innerText)));
                """, css);
    }

    /** What the page says of a lock that is held; empty if it shows no such lock. */
    String lock(String title) {
        return script("""
                const locks = [...document.querySelectorAll('.lock')];
                return locks.find((lock) => lock.querySelector('b').innerText === arguments[0])?.innerText ?? '';
                """, title);
    }

    int count(String css) {
        return this.<Long>script("return document.querySelectorAll(arguments[0]).length", css)
                .intValue();
    }

    void enter(String css, String text) {
        WebElement input = find(css);
        input.clear();
        input.sendKeys(text);
    }

    /** Presses keys, whatever has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** A CSS selector of what has the focus; "body" if nothing has. */
    String focused() {
        return this.<String>run("focus.js", "return focused()");
    }

    /** The size of the window, as on a phone: without scroll bars that take room away. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What the user prefers: "light" or "dark". Nothing moves, so that no colour is caught half way. */
    void colours(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(
                                Map.of("name", "prefers-color-scheme", "value", scheme),
                                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    }

    /** The whole page as a PNG, also what is below the window. */
    byte[] picture() {
        List<Long> size = script(
                "const { scrollWidth, scrollHeight } = document.documentElement; return [scrollWidth, scrollHeight]");
        Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", size.get(0), "height", size.get(1), "scale", 1);
        Map<String, Object> answer =
                command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
        return Base64.getDecoder().decode((String) answer.get("data"));
    }

    <T> T run(String file, String script, Object... arguments) {
        return script(source(file) + script, arguments);
    }

    @SuppressWarnings("unchecked")
    <T> T script(String script, Object... arguments) {
        return (T) ((JavascriptExecutor) driver).executeScript(script, arguments);
    }

    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    private static String source(String file) {
        try {
            return new ClassPathResource(file, Page.class).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
