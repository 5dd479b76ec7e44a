package io.coordination.spring.lock;

import io.coordination.lock.LockOptions;
import java.util.HashMap;
import java.util.Map;

/**
 * What the configuration of the application says about locks.
 *
 * @param all what holds for every lock, unless something more specific is said
 * @param names what holds for the locks of a name, before everything else
 */
public record ConfiguredLocks(LockSettings all, Map<String, LockSettings> names) {

    public ConfiguredLocks {
        names = Map.copyOf(names);
    }

    /** For the manager: how locks of these names are taken where the code gives no options. */
    public Map<String, LockOptions> namedOptions() {
        Map<String, LockOptions> options = new HashMap<>();
        names.keySet()
                .forEach(name ->
                        options.put(name, settings(name, LockSettings.NONE).over(LockOptions.defaults())));
        return options;
    }

    /** The operator goes before the developer, and both before what holds for all locks. */
    LockSettings settings(String name, LockSettings annotated) {
        return names.getOrDefault(name, LockSettings.NONE).over(annotated.over(all));
    }
}
