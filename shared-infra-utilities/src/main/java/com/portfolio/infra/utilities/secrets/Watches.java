package com.portfolio.infra.utilities.secrets;

import com.portfolio.infra.utilities.secrets.SecretManager.Registration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Who listens to which secret, and what each was last seen to be. */
final class Watches {

    private final Function<String, Optional<Secret>> reader;
    private final Function<String, Registration> upstream;
    private final Map<String, Watch> byName = new LinkedHashMap<>();
    private boolean closed;

    /**
     * @param reader   reads a secret, at each {@linkplain #check check}
     * @param upstream what has to happen for a secret while somebody listens to it
     */
    Watches(Function<String, Optional<Secret>> reader, Function<String, Registration> upstream) {
        this.reader = reader;
        this.upstream = upstream;
    }

    /** Adds a listener. The first one of a secret is preceded by a reading of it. */
    Registration add(String name, Consumer<? super Secret> consumer) {
        Watch.Listener listener = new Watch.Listener(consumer);
        Watch watch;
        boolean first;
        synchronized (byName) {
            if (closed) {
                throw new IllegalStateException("Secret '" + name + "' can't be listened to any more: this is closed.");
            }
            Watch known = byName.get(name);
            first = known == null;
            watch = known == null ? new Watch(name, reader) : known;
            byName.put(name, watch);
            watch.add(listener);
        }
        try {
            if (first) {
                watch.start(upstream);
            } else {
                watch.awaitStart();
            }
        } catch (RuntimeException e) {
            remove(watch, listener);
            throw e;
        }
        return () -> remove(watch, listener);
    }

    private void remove(Watch watch, Watch.Listener listener) {
        boolean last;
        synchronized (byName) {
            last = watch.remove(listener) && byName.remove(watch.name(), watch);
        }
        if (last) {
            watch.end();
        }
    }

    /** Looks whether a secret has changed, if somebody listens to it, and tells who does. */
    void check(String name) {
        Watch watch;
        synchronized (byName) {
            watch = byName.get(name);
        }
        if (watch != null) {
            watch.check();
        }
    }

    /** Looks at every secret that somebody listens to. */
    void checkAll() {
        all().forEach(Watch::check);
    }

    private List<Watch> all() {
        synchronized (byName) {
            return List.copyOf(byName.values());
        }
    }

    void close() {
        List<Watch> open;
        synchronized (byName) {
            closed = true;
            open = all();
            byName.clear();
        }
        open.forEach(Watch::end);
    }
}
