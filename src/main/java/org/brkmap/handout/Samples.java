package org.brkmap.handout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of sample-c that a handout needs: those that its labs name, what all of them share, and one to begin with.
 *
 * @param files by path
 */
record Samples(SortedMap<String, HandoutFile> files) {
    private static final String FOLDER = "sample-c";
    private static final Pattern NAMED = Pattern.compile("sample-c/(?:build/)?([a-z][a-zA-Z0-9_-]*)");
    private static final Set<String> ALWAYS = Set.of("common", "hello");

    static Samples of(Path root, Collection<HandoutFile> labs) throws IOException {
        Set<String> named = new TreeSet<>(ALWAYS);
        for (HandoutFile file : labs) {
            Matcher matcher = NAMED.matcher(file.text());
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        SortedMap<String, HandoutFile> files = new TreeMap<>();
        for (String name : named) {
            HandoutFile.tree(root, FOLDER + "/" + name).forEach((path, file) -> {
                if (!name.equals("build")) {
                    files.put(path, file);
                }
            });
        }
        files.put(FOLDER + "/Makefile", HandoutFile.of(root, FOLDER + "/Makefile"));
        String pages = HandoutFile.of(root, FOLDER + "/README.md").text();
        files.put(
                FOLDER + "/README.md",
                HandoutFile.text(FOLDER + "/README.md", Pages.samples(pages, folders(files.keySet()))));
        return new Samples(files);
    }

    private static Set<String> folders(Set<String> paths) {
        Set<String> folders = new TreeSet<>();
        paths.stream()
                .map(path -> path.split("/"))
                .filter(parts -> parts.length > 2)
                .forEach(parts -> folders.add(parts[1]));
        return folders;
    }
}
