import org.junit.jupiter.api.Test;

/** Does nothing: what Maven, surefire and JUnit take by themselves, which {@code brkmap bench self} takes off a lab's time. */
class EmptyTest {
    @Test
    void takesNoTime() {}
}
