/** Stand-in for ONNX Runtime. */
package ai.onnxruntime;
