package io.coordination.sample.page.browser;

import java.util.List;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What went wrong in the browser: warnings and errors of the console, exceptions nobody caught, requests that failed. */
record Complaints(ChromeDriver driver) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Asking takes them away, as it does with the requests. */
    List<String> sinceLastAsked() {
        Stream<String> console = entries(LogType.BROWSER)
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage);
        return Stream.concat(console, requests().filter(Request::failed).map(Request::toString))
                .distinct()
                .toList();
    }

    /** The requests that were answered or failed since they were last asked for. */
    Stream<Request> requests() {
        return entries(LogType.PERFORMANCE)
                .map(entry -> JSON.readTree(entry.getMessage()).path("message"))
                .flatMap(Complaints::request);
    }

    private Stream<LogEntry> entries(String type) {
        return driver.manage().logs().get(type).getAll().stream();
    }

    /** A request that is given up because the page is left is no failure. */
    private static Stream<Request> request(JsonNode message) {
        JsonNode params = message.path("params");
        return switch (message.path("method").asString()) {
            case "Network.responseReceived" -> {
                JsonNode response = params.path("response");
                yield Stream.of(new Request(
                        response.path("url").asString(), response.path("status").asInt(), ""));
            }
            case "Network.loadingFailed" ->
                params.path("canceled").asBoolean() ? Stream.empty() : Stream.of(new Request("", 0, failure(params)));
            default -> Stream.empty();
        };
    }

    private static String failure(JsonNode params) {
        return Stream.of("type", "errorText", "blockedReason")
                .map(name -> params.path(name).asString(""))
                .collect(Collectors.joining(" "));
    }

    /** A request and its answer; if there was none, a status of 0 and the reason. */
    record Request(String url, int status, String failure) {

        boolean failed() {
            return status == 0 || status >= 400;
        }
    }
}
