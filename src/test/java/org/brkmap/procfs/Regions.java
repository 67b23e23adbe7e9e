package org.brkmap.procfs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.brkmap.model.Mapping;

/** The stopped process of src/test/resources/procfs/regions.py, which maps one region of each kind and says where. */
record Regions(TestProcess process, Map<String, Long> addresses, Map<String, Integer> pages) implements AutoCloseable {

    static Regions start(Path directory) throws IOException, InterruptedException {
        String program = Fixtures.path("regions.py").toString();
        TestProcess process = TestProcess.start("python3", program, directory.toString());
        Map<String, Long> addresses = new HashMap<>();
        Map<String, Integer> pages = new HashMap<>();
        for (String line = process.line(); !line.equals("ready"); line = process.line()) {
            String[] field = line.split(" ");
            addresses.put(field[0], Long.parseUnsignedLong(field[1], 16));
            pages.put(field[0], Integer.valueOf(field[2]));
        }
        return new Regions(process.asleep().stop(), addresses, pages);
    }

    int pid() {
        return process.pid();
    }

    boolean has(String name) {
        return addresses.containsKey(name);
    }

    Mapping in(List<Mapping> mappings, String name) {
        long address = addresses.get(name);
        return mappings.stream()
                .filter(mapping -> mapping.range().start() == address)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no mapping at " + Long.toHexString(address)));
    }

    @Override
    public void close() throws IOException {
        process.close();
    }
}
