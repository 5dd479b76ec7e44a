package io.coordination.sample.instance;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What the page knows of all instances: their addresses, and what Actuator says at each of them. */
@RestController
class InstanceController {

    private final Instances instances;
    private final Everyone everyone;

    InstanceController(Instances instances, Everyone everyone) {
        this.instances = instances;
        this.everyone = everyone;
    }

    /**
     * An instance.
     *
     * @param self whether it is the one that was asked
     * @param ready whether it wants to be sent buyers
     * @param report its {@code actuator/coordination}; null if it does not answer
     */
    record View(
            String name,
            URI address,
            boolean self,
            boolean ready,
            @Nullable JsonNode report) {}

    @GetMapping("/api/instances")
    CompletableFuture<List<View>> all() {
        var reports = everyone.ask("/actuator/coordination?limit=12", JsonNode.class);
        var ready = everyone.ask("/actuator/health/readiness", JsonNode.class);
        return reports.thenCombine(ready, this::views);
    }

    private List<View> views(Map<String, JsonNode> reports, Map<String, JsonNode> ready) {
        return instances.addresses().entrySet().stream()
                .map(instance -> new View(
                        instance.getKey(),
                        instance.getValue(),
                        instance.getKey().equals(instances.self()),
                        ready.containsKey(instance.getKey()),
                        reports.get(instance.getKey())))
                .toList();
    }
}
