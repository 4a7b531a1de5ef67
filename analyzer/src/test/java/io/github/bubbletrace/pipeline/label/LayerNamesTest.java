package io.github.bubbletrace.pipeline.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "layer=7 ; 7",
                "it=0 stage=1 mb=2 phase=F layer=7 ; 7",
                "decoder.layers.7 ; 7",
                "layers.0 ; 0",
                "model.layers.31.self_attn.q_proj ; 31",
                "layers.3.experts.layers.9 ; 3",
                "transformer.h.12 ; 12",
                "blocks.5.mlp ; 5",
                "TransformerLayer 7 ; 7",
                "TransformerLayer_7 ; 7",
                "layer=1023 ; 1023",
                "layer=1024 ; -1",
                "layer=99999999999 ; -1",
                "layer=7a ; -1",
                "layer=-7 ; -1",
                "player=7 ; -1",
                "mlp_layers.7 ; -1",
                "path.7 ; -1",
                "layers ; -1",
                "embedding ; -1",
                "word_embeddings ; -1",
                "lm_head ; -1",
                "'' ; -1"
            })
    void namesOfLayers(String text, int layer) {
        assertThat(LayerNames.layer(text)).isEqualTo(layer);
    }
}
