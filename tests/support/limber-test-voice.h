/* TestVoice: a speech server that speaks to a test instead of to people: SSIP on a Unix socket, as speech-dispatcher. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _TestVoice TestVoice;

void       test_voice_place  (const char *dir);
TestVoice *test_voice_new    (const char *module, const char *languages);
void       test_voice_free   (TestVoice *voice);
void       test_voice_hang   (TestVoice *voice, gboolean hangs);
void       test_voice_drop   (TestVoice *voice);
void       test_voice_finish (TestVoice *voice);
char      *test_voice_said   (TestVoice *voice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestVoice, test_voice_free)

G_END_DECLS
