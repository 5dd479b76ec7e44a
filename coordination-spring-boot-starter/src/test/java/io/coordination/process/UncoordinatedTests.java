package io.coordination.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@link ProcessTests} look for is found where it is. */
@EnabledOnOs(OS.LINUX)
class UncoordinatedTests {

    @Test
    void processesThatEachArbitrateForThemselvesAreFound() {
        try (Cluster cluster =
                new Cluster("uncoordinated", 1, "--coordination.store=local", "--process.guarded=false")) {
            cluster.await("all of it is found", () -> {
                cluster.check();
                String found = cluster.history().violations().toString();
                return found.contains("two holders, each by its own judgement")
                        && found.contains("no mutex with rising tokens does this")
                        && found.contains("accepted out of token order");
            });
        }
    }
}
