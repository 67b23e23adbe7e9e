package org.brkmap.procfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The lines of proc_sysvipc(5), as Linux prints them. */
class SharedObjectsTest {
    private static final String TABLE = """
                   key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime
                     0          3  1600              16777216   812   812      0 58007 58007 58007 58007 1796080000
                     0          9   600                  4096   815   815      1     0     0     0     0 1796080000
                     0         12   600                  4096   816   816      1     0     0 58007 58007 1796080000
            """;

    @Test
    void those_that_a_user_owns_or_made() throws Exception {
        assertThat(SharedObjects.parse(TABLE, 58007)).containsExactly(3L, 12L);
        assertThat(SharedObjects.parse(TABLE, 1000)).isEmpty();
    }

    @Test
    void a_table_of_another_form_is_told() {
        assertThatThrownBy(() -> SharedObjects.parse("key shmid\n0 1\n", 0)).isInstanceOf(IOException.class);
    }
}
