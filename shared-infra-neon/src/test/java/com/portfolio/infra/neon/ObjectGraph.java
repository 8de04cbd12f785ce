package com.portfolio.infra.neon;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The objects of our own that can be reached from some, through fields, collections, maps and arrays, and their texts. */
final class ObjectGraph {

    private final String packages;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<String> texts = new ArrayList<>();

    ObjectGraph(String packages) {
        this.packages = packages;
    }

    /** One for each object, the name of its class first. */
    List<String> texts() {
        return List.copyOf(texts);
    }

    void reach(Object root) {
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Object object = open.remove();
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof Map<?, ?> map) {
                addAll(open, map.keySet());
                addAll(open, map.values());
            } else if (object instanceof Iterable<?> elements) {
                addAll(open, elements);
            } else if (object instanceof Object[] elements) {
                addAll(open, Arrays.asList(elements));
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(open::add);
            } else if (object instanceof AtomicReference<?> reference) {
                add(open, reference.get());
            } else if (object.getClass().getName().startsWith(packages)) {
                texts.add(object.getClass().getName() + ": " + object);
                addFields(open, object);
            }
        }
    }

    private void addFields(Deque<Object> open, Object object) {
        for (Class<?> type = object.getClass(); type.getName().startsWith(packages); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    add(open, valueOf(field, object));
                }
            }
        }
    }

    private static @Nullable Object valueOf(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static void addAll(Deque<Object> open, Iterable<?> elements) {
        for (Object element : elements) {
            add(open, element);
        }
    }

    private static void add(Deque<Object> open, @Nullable Object element) {
        if (element != null) {
            open.add(element);
        }
    }
}
