/* LimberBoardVoice: calls people out, one after the other: a chime, the words, a pause, and the words once more. */
#pragma once

#include "limber-row.h"
#include "limber-speech.h"

G_BEGIN_DECLS

typedef struct _LimberBoardVoice LimberBoardVoice;

LimberBoardVoice *limber_board_voice_new       (LimberSpeech *speech);
void              limber_board_voice_free      (LimberBoardVoice *voice);
void              limber_board_voice_call      (LimberBoardVoice *voice, LimberRow *call, guint volume);
void              limber_board_voice_retain    (LimberBoardVoice *voice, gboolean (*stands) (const LimberId *call, gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberBoardVoice, limber_board_voice_free)

G_END_DECLS
