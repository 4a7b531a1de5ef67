/** Stand-in for cuDF. */
package ai.rapids.cudf;
