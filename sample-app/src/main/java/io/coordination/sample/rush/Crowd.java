package io.coordination.sample.rush;

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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Sends buyers to the counter, many at a time. All who want a seat ask for it at once. */
@Component
class Crowd implements DisposableBean {

    /** Makes 64 buyers at a time, fewer than the web server has threads: the page is served meanwhile. */
    private static final int SEATS_AT_A_TIME = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OwnAddress address;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, new CustomizableThreadFactory("crowd-"));
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    Crowd(OwnAddress address) {
        this.address = address;
    }

    /** What all of them were told; completes when the last one has left. */
    CompletableFuture<List<Attempt>> send(RushKind kind, List<HotSeat> seats) {
        var next = new ConcurrentLinkedQueue<>(seats);
        var attempts = new ConcurrentLinkedQueue<Attempt>();
        var lanes = Stream.generate(() -> askForNext(kind, next, attempts))
                .limit(SEATS_AT_A_TIME)
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(lanes).thenApply(all -> List.copyOf(attempts));
    }

    @Override
    public void destroy() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(1, TimeUnit.SECONDS);
    }

    private CompletableFuture<@Nullable Void> askForNext(RushKind kind, Queue<HotSeat> seats, Queue<Attempt> attempts) {
        HotSeat next = seats.poll();
        if (next == null) {
            return CompletableFuture.completedFuture(null);
        }
        var all = next.buyers().stream()
                .map(buyer -> ask(kind, buyer, next.seat()).thenAccept(attempts::add))
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(all).thenCompose(done -> askForNext(kind, seats, attempts));
    }

    private CompletableFuture<Attempt> ask(RushKind kind, String buyer, Seat seat) {
        var request = HttpRequest.newBuilder(
                        address.of(kind.path(seat.id()) + "?buyer=" + URLEncoder.encode(buyer, StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        long start = System.nanoTime();
        return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((response, failure) -> new Attempt(
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
