/** The pages as a reader has them: in a real browser. {@code mvn verify -Pbrowser} runs these tests; nothing else does. */
package org.brkmap.browser;
