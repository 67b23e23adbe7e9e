package org.brkmap.lab;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;

/**
 * Which of a lab's checks to make. Immutable.
 *
 * @param selectors for JUnit
 * @param others ids of the checks that are left out
 */
record Selection(List<DiscoverySelector> selectors, Set<String> others) {
    Selection {
        selectors = List.copyOf(selectors);
        others = Set.copyOf(others);
    }

    /**
     * The exercises of these ids; the whole lab if there are none.
     *
     * @throws IOException if there is no such lab or exercise (the message names those there are), or its checks do not compile
     */
    static Selection of(Path root, String lab, Set<String> exercises) throws IOException {
        List<Class<?>> classes = LabClasses.of(root, lab);
        List<DiscoverySelector> selectors = new ArrayList<>();
        if (exercises.isEmpty()) {
            classes.forEach(type -> selectors.add(DiscoverySelectors.selectClass(type)));
            return new Selection(selectors, Set.of());
        }
        List<String> known = new ArrayList<>();
        Set<String> others = new HashSet<>();
        for (Class<?> type : classes) {
            for (Method method : type.getDeclaredMethods()) {
                String id = LabExtension.id(type, method);
                if (method.isAnnotationPresent(Exercise.class)) {
                    known.add(id);
                }
                if (method.isAnnotationPresent(Test.class) && exercises.contains(id)) {
                    selectors.add(DiscoverySelectors.selectMethod(type, method));
                } else if (method.isAnnotationPresent(Test.class)) {
                    others.add(id);
                }
            }
        }
        for (String wanted : exercises) {
            if (!known.contains(wanted)) {
                String nearest = Nearest.to(wanted, known);
                throw new IOException("lab \"" + lab + "\" has no exercise \"" + wanted + "\""
                        + (nearest == null
                                ? "; it has: " + String.join(", ", known)
                                : "; did you mean \"" + nearest + "\"?"));
            }
        }
        return new Selection(selectors, others);
    }
}
