/* LimberSpeech: the machine's voice, through speech-dispatcher. Where there is none, or none for a language, it is silent, and says so. Nothing here waits:
 * whatever the speech server does, or does not do, is waited for by a thread of its own. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LIMBER_TYPE_SPEECH (limber_speech_get_type ())
G_DECLARE_FINAL_TYPE (LimberSpeech, limber_speech, LIMBER, SPEECH, GObject)

LimberSpeech *limber_speech_new         (const char *client, const char *const *languages);
gboolean      limber_speech_is_there    (LimberSpeech *speech);
gboolean      limber_speech_speaks      (LimberSpeech *speech, const char *language);
gboolean      limber_speech_is_speaking (LimberSpeech *speech);
void          limber_speech_say         (LimberSpeech *speech, const char *language, const char *text);
void          limber_speech_stop        (LimberSpeech *speech);
void          limber_speech_set_volume  (LimberSpeech *speech, guint volume);

G_END_DECLS
