package io.coordination.sample.rush;

import io.coordination.sample.instance.Instances;
import io.coordination.sample.rush.Attempt.Answer;
import io.coordination.sample.show.Seat;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Sends buyers to the counters of all instances, many at a time. All who want a seat ask for it at once. */
@Component
class Crowd implements DisposableBean {

    /** Makes 64 buyers at a time, fewer than one web server has threads: the page is served meanwhile. */
    private static final int SEATS_AT_A_TIME = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Instances instances;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new CustomizableThreadFactory("crowd-"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    Crowd(Instances instances) {
        this.instances = instances;
    }

    /** What all of them were told; completes when the last one has left. Each of these instances gets as many. */
    CompletableFuture<List<Attempt>> send(RushKind kind, List<HotSeat> seats, List<String> counters) {
        var next = new ConcurrentLinkedQueue<>(seats);
        var attempts = new ConcurrentLinkedQueue<Attempt>();
        var lanes = Stream.generate(() -> askForNext(kind, next, counters, attempts))
                .limit(SEATS_AT_A_TIME)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(lanes).thenApply(all -> List.copyOf(attempts));
    }

    @Override
    public void destroy() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.SECONDS);
    }

    private CompletableFuture<@Nullable Void> askForNext(
            RushKind kind, Queue<HotSeat> seats, List<String> counters, Queue<Attempt> attempts) {
        HotSeat next = seats.poll();
        if (next == null) {
            return CompletableFuture.completedFuture(null);
        }
        List<String> buyers = next.buyers();
        var all = IntStream.range(0, buyers.size())
                .mapToObj(i -> ask(kind, counters.get(i % counters.size()), buyers.get(i), next.seat())
                        .thenAccept(attempts::add))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenCompose(done -> askForNext(kind, seats, counters, attempts));
    }

    private CompletableFuture<Attempt> ask(RushKind kind, String instance, String buyer, Seat seat) {
        String path = kind.path(seat.id()) + "?buyer=" + URLEncoder.encode(buyer, StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(instances.address(instance, path))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        long start = System.nanoTime();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> new Attempt(
                        instance,
                        buyer,
                        response == null ? Answer.FAILED : answer(response.statusCode()),
                        Duration.ofNanos(System.nanoTime() - start)));
    }

    private static Answer answer(int status) {
        return switch (status) {
            case 200 -> Answer.SOLD;
            case 409 -> Answer.TAKEN;
            default -> Answer.FAILED;
        };
    }
}
