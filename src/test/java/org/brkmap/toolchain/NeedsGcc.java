package org.brkmap.toolchain;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests that compile C, with the reason, where there is no gcc. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsGcc.Condition.class)
public @interface NeedsGcc {

    /** Holds where gcc is on the PATH. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return Tool.exists("gcc")
                    ? ConditionEvaluationResult.enabled("gcc is on the PATH")
                    : ConditionEvaluationResult.disabled("gcc is not on the PATH; this test compiles C");
        }
    }
}
