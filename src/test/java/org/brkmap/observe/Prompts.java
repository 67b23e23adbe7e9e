package org.brkmap.observe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What sample-c/alloc_size asks for: a key before each of its blocks, one before it frees, one before it ends. */
final class Prompts {
    private Prompts() {}

    static Path allocSize() throws Exception {
        return Observed.sample("alloc_size/alloc_size.c");
    }

    /** Its prompts, whole, in order. */
    static List<String> inOrder() {
        List<String> prompts = new ArrayList<>(Collections.nCopies(10, "Press key to allocate ..."));
        prompts.add("Press key to deallocate ...");
        prompts.add("Press key to close ...");
        return prompts;
    }
}
