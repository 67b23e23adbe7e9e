package org.brkmap.lab;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a class of checks of a lab. Every test method is one check, titled by its {@code @DisplayName}, and may ask for
 * a {@link Bench}; the classes of a lab share what was built and observed. {@code @Order} on classes and methods gives
 * the order they are reported in. When the last check is done the lab prints its verdict and writes its report and
 * evidence, whatever failed.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public @interface Lab {
    /** The lab's id: the name of its folder under labs/, its package and its Maven profile. */
    String value();
}
