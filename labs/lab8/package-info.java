/** Lab 8: stacks and threads. */
package lab8;
