package org.brkmap.handout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.brkmap.lab.LabInfo;

/** The pages of a handout that are not as they are in the project. */
final class Pages {
    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\n]*)]\\(([^)\\s]+)\\)");
    private static final Pattern ROUTE = Pattern.compile("Do them in the order ([0-9, ]+)(;.*)");
    private static final Pattern LAB_ROW = Pattern.compile("\\| \\[[^]]*\\]\\((lab[0-9a-z-]*)/.*");
    private static final Pattern LAB_HEADING = Pattern.compile("## What lab ([0-9a-z-]+) .*");
    private static final Pattern SAMPLE_ROW = Pattern.compile("\\| `?([a-z][a-zA-Z0-9_-]*)`? .*\\|");

    private Pages() {}

    static String resource(String name) throws IOException {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("brkmap was built without its resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The page that a student opens first. */
    static String front(List<LabInfo> labs) throws IOException {
        String rows = labs.stream()
                .map(lab -> String.format(
                        Locale.ROOT,
                        "| [%s](labs/%s/README.md) | %d | `mvn test -P%s` |",
                        lab.title(),
                        lab.id(),
                        lab.points(),
                        lab.id()))
                .collect(Collectors.joining("\n"));
        return resource("README.md")
                .replace("{labs}", rows)
                .replace("{lab}", labs.get(0).id());
    }

    /** A page whose links to what students do not get, such as another lab, are their bare text. */
    static HandoutFile withoutDeadLinks(HandoutFile page, Set<String> paths) {
        Path folder = Path.of("/" + page.path()).resolveSibling(".");
        String text = LINK.matcher(page.text()).replaceAll(link -> {
            String target = link.group(2).replaceFirst("#.*", "");
            String path = folder.resolve(target).normalize().toString().substring(1);
            boolean there = target.isEmpty()
                    || target.contains(":")
                    || paths.contains(path)
                    || paths.stream().anyMatch(each -> each.startsWith(path + "/"));
            return Matcher.quoteReplacement(there ? link.group() : link.group(1));
        });
        return HandoutFile.text(page.path(), text);
    }

    /** The page on all labs, cut down to these: their rows, and what each puts right. */
    static String labs(String page, Collection<String> labs) {
        StringBuilder kept = new StringBuilder();
        boolean inside = true;
        for (String line : page.split("\n", -1)) {
            Matcher heading = LAB_HEADING.matcher(line);
            if (line.startsWith("## ")) {
                inside = heading.matches() && labs.contains("lab" + heading.group(1));
            }
            Matcher row = LAB_ROW.matcher(line);
            Matcher route = ROUTE.matcher(line);
            if (route.matches()) {
                line = route(route.group(1), labs, route.group(2));
            }
            if (inside && !(route.matches() && labs.size() == 1) && (!row.matches() || labs.contains(row.group(1)))) {
                kept.append(line).append('\n');
            }
        }
        return kept.toString().strip() + "\n";
    }

    private static String route(String numbers, Collection<String> labs, String rest) {
        return Stream.of(numbers.split(", "))
                .filter(number -> labs.contains("lab" + number))
                .collect(Collectors.joining(", ", "Do them in the order ", rest));
    }

    /** The page on the samples, cut down to those of these folders. */
    static String samples(String page, Set<String> folders) {
        return page.lines()
                        .filter(line -> {
                            Matcher row = SAMPLE_ROW.matcher(line);
                            return !row.matches()
                                    || row.group(1).equals("program")
                                    || folders.stream().anyMatch(row.group(1)::startsWith);
                        })
                        .filter(line -> !line.startsWith("`misbehave/`"))
                        .collect(Collectors.joining("\n"))
                + "\n";
    }
}
