package io.coordination.sample.instance;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks all instances the same over HTTP, this one included. One that is gone delays the answers, but not for long. */
@Component
public class Everyone implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Instances instances;
    private final JsonMapper json;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new CustomizableThreadFactory("everyone-"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .executor(threads)
            .build();

    Everyone(Instances instances, JsonMapper json) {
        this.instances = instances;
        this.json = json;
    }

    /**
     * What they answer to this path and query, by their names. An instance is left out if it does not answer, or not with
     * success.
     */
    public <T> CompletableFuture<Map<String, T>> ask(String pathAndQuery, Class<T> answer) {
        Map<String, CompletableFuture<HttpResponse<String>>> asked = new TreeMap<>();
        instances.addresses().keySet().forEach(instance -> asked.put(instance, get(instance, pathAndQuery)));
        return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .handle((all, oneHasFailed) -> {
                    Map<String, T> answers = new TreeMap<>();
                    asked.forEach((instance, response) -> {
                        if (!response.isCompletedExceptionally()
                                && response.join().statusCode() == 200) {
                            answers.put(instance, read(response.join(), answer));
                        }
                    });
                    return answers;
                });
    }

    @Override
    public void destroy() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.SECONDS);
    }

    private CompletableFuture<HttpResponse<String>> get(String instance, String pathAndQuery) {
        var request = HttpRequest.newBuilder(instances.address(instance, pathAndQuery))
                .timeout(PATIENCE)
                .build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> T read(HttpResponse<String> response, Class<T> answer) {
        try {
            return json.readValue(response.body(), answer);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    response.uri() + " answers something else than expected. Does another program listen there?", e);
        }
    }
}
