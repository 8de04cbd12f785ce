package com.portfolio.infra.testrecords;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The objects that can be reached from some: through the fields of our classes, static ones as well, and through
 * collections, maps, arrays and the like of the JDK, those that classes of ours extend as well. Of other libraries'
 * objects none is entered or asked for its text.
 */
final class ObjectGraph {

    /** So many objects of one test; more are a mistake in the test or in what is walked here. */
    static final int LIMIT = 500_000;

    private static final String OURS = "com.portfolio.infra.";

    /** So often a collection is looked at that somebody changes meanwhile. */
    private static final int ATTEMPTS = 1_000;

    private final TextFile texts;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Class<?>> seenTypes = new HashSet<>();
    private final Deque<Object> open = new ArrayDeque<>();

    ObjectGraph(TextFile texts) {
        this.texts = texts;
    }

    /** All that the static fields of a class hold, and of those above it. */
    void reachStatics(Class<?> type) {
        addStatics(type);
        walk();
    }

    void reach(@Nullable Object root) {
        add(root);
        walk();
    }

    private void walk() {
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (seen.size() > LIMIT) {
                throw new IllegalStateException("More than " + LIMIT + " objects can be reached from the fields of"
                        + " this test, the last a " + object.getClass().getName() + "; their texts are not searched.");
            }
            if (object instanceof Throwable failure) {
                tell(failure);
                add(failure.getCause());
                addAll(Arrays.asList(failure.getSuppressed()));
            }
            if (isOurs(object.getClass())) {
                enter(object);
            }
            if (isUnpacked(object)) {
                unpack(object);
            }
        }
    }

    private void enter(Object object) {
        OurClass type = OurClass.of(object.getClass());
        if (type.hasText()) {
            tell(object);
        }
        type.fields().forEach(field -> add(valueOf(field, object)));
        addStatics(object.getClass());
    }

    private void addStatics(Class<?> type) {
        for (Class<?> each = type; each != null && isOurs(each) && seenTypes.add(each); each = each.getSuperclass()) {
            OurClass.of(each).statics().forEach(field -> add(valueOf(field, null)));
        }
    }

    private void tell(Object object) {
        String text;
        try {
            text = object.toString();
        } catch (RuntimeException | Error e) {
            throw new AssertionError("toString() of a " + object.getClass().getName() + " failed.", e);
        }
        texts.add(object.getClass().getName() + ": " + text);
    }

    private void unpack(Object object) {
        if (object instanceof Map<?, ?> map) {
            addAll(elements(map.keySet()));
            addAll(elements(map.values()));
        } else if (object instanceof Collection<?> collection) {
            addAll(elements(collection));
        } else if (object instanceof Object[] array) {
            addAll(Arrays.asList(array));
        } else if (object instanceof Optional<?> optional) {
            add(optional.orElse(null));
        } else if (object instanceof AtomicReference<?> reference) {
            add(reference.get());
        } else if (object instanceof Reference<?> reference) {
            add(reference.get());
        } else if (object instanceof Map.Entry<?, ?> entry) {
            add(entry.getKey());
            add(entry.getValue());
        } else if (object instanceof CompletableFuture<?> future && future.isDone()) {
            CompletableFuture<?> unused = future.whenComplete((value, failure) -> {
                add(value);
                add(failure);
            });
        } else if (Proxy.isProxyClass(object.getClass())) {
            add(Proxy.getInvocationHandler(object));
        }
    }

    private static List<?> elements(Collection<?> collection) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new ArrayList<>(collection);
            } catch (ConcurrentModificationException | ArrayIndexOutOfBoundsException e) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("A collection does not stop changing after a test.", e);
                }
                Thread.onSpinWait();
            }
        }
    }

    private void addAll(Iterable<?> objects) {
        objects.forEach(this::add);
    }

    private void add(@Nullable Object object) {
        if (object != null && (isOurs(object.getClass()) || isUnpacked(object)) && seen.add(object)) {
            open.add(object);
        }
    }

    private static boolean isUnpacked(Object object) {
        Class<?> type = object.getClass();
        if (object instanceof Throwable || object instanceof Object[] || Proxy.isProxyClass(type)) {
            return true;
        }
        if (isOurs(type)) {
            return isContainer(foreignSuperclass(type));
        }
        // Another library's collection may do anything when it is read.
        return type.getName().startsWith("java.util.") || object instanceof Reference<?>;
    }

    /** Of the JDK, and whole: what extends an abstract one holds and reads its elements by code of its own. */
    private static boolean isContainer(Class<?> type) {
        boolean named =
                type.getName().startsWith("java.util.") || type.getName().startsWith("java.lang.ref.");
        return named && !Modifier.isAbstract(type.getModifiers());
    }

    private static Class<?> foreignSuperclass(Class<?> type) {
        Class<?> each = type;
        while (isOurs(each)) {
            each = each.getSuperclass();
        }
        return each;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    private static @Nullable Object valueOf(Field field, @Nullable Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is to be looked at in the objects of a class of ours. */
    private record OurClass(boolean hasText, List<Field> fields, List<Field> statics) {

        private static final ClassValue<OurClass> ALL = new ClassValue<>() {
            @Override
            protected OurClass computeValue(Class<?> type) {
                return inspect(type);
            }
        };

        static OurClass of(Class<?> type) {
            return ALL.get(type);
        }

        private static OurClass inspect(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            List<Field> statics = new ArrayList<>();
            for (Class<?> each = type; each != null && isOurs(each); each = each.getSuperclass()) {
                for (Field field : each.getDeclaredFields()) {
                    boolean isStatic = Modifier.isStatic(field.getModifiers());
                    if (field.getType().isPrimitive() || (isStatic && each != type)) {
                        continue;
                    }
                    // Refused only by a module that is closed to tests: then a test must say so, and not skip it.
                    field.setAccessible(true);
                    (isStatic ? statics : fields).add(field);
                }
            }
            return new OurClass(isMain(type) && hasOwnText(type), List.copyOf(fields), List.copyOf(statics));
        }

        private static boolean hasOwnText(Class<?> type) {
            try {
                Class<?> teller = type.getMethod("toString").getDeclaringClass();
                return teller != Object.class && !Throwable.class.isAssignableFrom(type);
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What tests themselves are made of may tell what it likes. */
        private static boolean isMain(Class<?> type) {
            var source = type.getProtectionDomain().getCodeSource();
            return source == null || !source.getLocation().getPath().endsWith("/test-classes/");
        }
    }
}
