#ifndef COPUS_SHIM_H
#define COPUS_SHIM_H

#include <opus.h>

// Controls take any number of arguments, and Swift calls no such functions.

// An encoder of one voice at 8 kHz. What is spent against loss is decided by how much of it is expected; nothing is at 0.
static inline int copus_init_encoder(
    OpusEncoder *encoder, opus_int32 bits_per_second, int complexity, int expected_loss_percent) {
    int result = opus_encoder_init(encoder, 8000, 1, OPUS_APPLICATION_VOIP);
    if (result == OPUS_OK) result = opus_encoder_ctl(encoder, OPUS_SET_BITRATE(bits_per_second));
    if (result == OPUS_OK) result = opus_encoder_ctl(encoder, OPUS_SET_COMPLEXITY(complexity));
    if (result == OPUS_OK) result = opus_encoder_ctl(encoder, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    if (result == OPUS_OK) result = opus_encoder_ctl(encoder, OPUS_SET_INBAND_FEC(expected_loss_percent > 0));
    if (result == OPUS_OK) result = opus_encoder_ctl(encoder, OPUS_SET_PACKET_LOSS_PERC(expected_loss_percent));
    return result;
}

static inline int copus_forget(OpusDecoder *decoder) { return opus_decoder_ctl(decoder, OPUS_RESET_STATE); }

#endif
