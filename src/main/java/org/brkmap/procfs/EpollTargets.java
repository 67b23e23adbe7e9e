package org.brkmap.procfs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows {@code tfd: 5 events: 19 …} that fdinfo shows of an epoll descriptor (proc_pid_fdinfo(5)). */
final class EpollTargets {
    private static final Pattern ROW = Pattern.compile("^tfd:\\s*(\\d+) events:\\s*([0-9a-f]+)", Pattern.MULTILINE);
    private static final long EPOLLIN = 1;

    private EpollTargets() {}

    static List<Integer> parse(String text) {
        List<Integer> descriptors = new ArrayList<>();
        Matcher row = ROW.matcher(text);
        while (row.find()) {
            if ((Long.parseLong(row.group(2), 16) & EPOLLIN) != 0) {
                descriptors.add(Integer.valueOf(row.group(1)));
            }
        }
        return descriptors;
    }
}
