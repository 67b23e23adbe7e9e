package org.brkmap.procfs;

import java.io.IOException;
import java.util.List;
import org.brkmap.model.Mapping;
import org.brkmap.model.PageRun;
import org.jspecify.annotations.Nullable;

/** One way to read what the pages of a process are. */
interface PageReader {
    /** The states of a mapping's pages, or null where they cannot be told. */
    @Nullable List<PageRun> pages(Mapping mapping) throws IOException;
}
