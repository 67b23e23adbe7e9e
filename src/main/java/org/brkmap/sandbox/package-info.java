/**
 * What others wrote is built and run here so that it harms nobody: {@link Sandbox} makes commands that are shut in, at the
 * best {@link Tier} that this machine allows.
 */
@NullMarked
package org.brkmap.sandbox;

import org.jspecify.annotations.NullMarked;
