/** Stand-in for JCuda. */
package jcuda.runtime;
