package org.brkmap.observe;

/** What an onlooker may see of a sleeping thread, best first. */
enum Sight {
    /** Its call and the arguments: {@code /proc/PID/syscall}. */
    CALLS("proc-syscall"),
    /** The kernel's function it sleeps in: {@code /proc/PID/wchan}, all that Yama leaves at 2 and 3. */
    CHANNELS("proc-wchan"),
    /** Neither: when it waits for a key is n/a. */
    NOTHING("proc");

    private final String title;

    Sight(String title) {
        this.title = title;
    }

    /** The word for it among the host's capabilities. */
    String title() {
        return title;
    }
}
