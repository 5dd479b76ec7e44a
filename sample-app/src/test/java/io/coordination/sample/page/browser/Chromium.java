package io.coordination.sample.page.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.springframework.util.FileSystemUtils;

/** A browser without a window and without a network. It reads no settings of a user and leaves nothing behind. */
final class Chromium implements AutoCloseable {

    /** Warns of each browser newer than itself, about a part of Selenium that is not used here. */
    private static final Logger VERSIONS = Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

    /** The page waits longer for an answer than it does for a user: a busy machine is no fault of the page. */
    private static final String PATIENCE =
            "const timeout = AbortSignal.timeout; AbortSignal.timeout = (millis) => timeout.call(AbortSignal, 12 * millis);";

    private final Path profile;
    private final ChromeDriver driver;

    private Chromium(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    static Chromium start() {
        VERSIONS.setLevel(Level.SEVERE);
        var browser = Program.CHROMIUM.find();
        // Named, so that Selenium looks for none and downloads none
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Program.CHROMEDRIVER.find())
                .usingAnyFreePort()
                .build();
        try {
            Path profile = Files.createTempDirectory("chromium");
            var driver = new ChromeDriver(service, options(profile).setBinary(browser));
            driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", PATIENCE));
            return new Chromium(profile, driver);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ChromeDriver driver() {
        return driver;
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile);
    }

    private static ChromeOptions options(Path profile) {
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
        return options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-proxy-server",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--lang=en",
                "--hide-scrollbars",
                "--user-data-dir=" + profile);
    }
}
