/** Chrome trace JSON: PyTorch's Kineto files and traces of named spans. */
package io.github.bubbletrace.format.chrome;
