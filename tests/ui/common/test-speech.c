/* The voice: what it is asked to say and in which language, and that no server, a deaf one or a dead one ever holds the program. */
#include "limber-speech.h"

#include <string.h>

#include "limber-test.h"
#include "limber-test-voice.h"

static const char *const languages[] = { "en", "gu", "ro", NULL };

typedef struct {
  TestVoice    *voice;  /* (owned) (nullable) */
  LimberSpeech *speech; /* (owned) */
  GString      *said;   /* (owned) */
  const char   *wanted;
} Room;

static gboolean
is_there (gpointer data)
{
  return limber_speech_is_there (((Room *) data)->speech);
}

static gboolean
is_gone (gpointer data)
{
  return !is_there (data);
}

static gboolean
is_silent (gpointer data)
{
  return !limber_speech_is_speaking (((Room *) data)->speech);
}

static gboolean
has_heard (gpointer data)
{
  Room *room = data;
  g_autofree char *more = test_voice_said (room->voice);

  g_string_append (room->said, more);
  return g_str_has_suffix (room->said->str, room->wanted);
}

static void
hear (Room *room, const char *wanted)
{
  room->wanted = wanted;
  if (!test_wait (has_heard, room))
    g_error ("heard \"%s\" instead of \"%s\"", room->said->str, wanted);
  g_string_truncate (room->said, 0);
}

static void
set_up (Room *room, gconstpointer module)
{
  room->said = g_string_new (NULL);
  room->voice = test_voice_new (module != NULL ? module : "espeak-ng", "af en-GB gu enm");
  room->speech = limber_speech_new ("limber-test", languages);
  if (module == NULL)
    g_assert_true (test_wait (is_there, room));
}

static void
tear_down (Room *room, gconstpointer module)
{
  g_clear_object (&room->speech);
  g_clear_pointer (&room->voice, test_voice_free);
  g_string_free (room->said, TRUE);
}

static void
test_says (Room *room, gconstpointer data)
{
  limber_speech_say (room->speech, "en", "Which day were you born?");
  hear (room, "hush\nen: 100 Which day were you born?\n");
  g_assert_true (limber_speech_is_speaking (room->speech));
  test_voice_finish (room->voice);
  g_assert_true (test_wait (is_silent, room));
  limber_speech_set_volume (room->speech, 40);
  limber_speech_say (room->speech, "gu", "તમારો જન્મ કયા દિવસે થયો હતો?");
  hear (room, "hush\ngu: -20 તમારો જન્મ કયા દિવસે થયો હતો?\n");
  limber_speech_stop (room->speech);
  g_assert_false (limber_speech_is_speaking (room->speech));
  hear (room, "hush\n");
}

/* The end of what was replaced is not the end of what replaced it. */
static void
test_replaces (Room *room, gconstpointer data)
{
  limber_speech_say (room->speech, "en", "One.");
  hear (room, "en: 100 One.\n");
  limber_speech_say (room->speech, "en", "Two.\nThree.");
  test_voice_finish (room->voice);
  hear (room, "hush\nen: 100 Two.\nThree.\n");
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_true (limber_speech_is_speaking (room->speech));
  test_voice_finish (room->voice);
  g_assert_true (test_wait (is_silent, room));
}

static void
test_survives_its_server (Room *room, gconstpointer data)
{
  limber_speech_say (room->speech, "en", "One.");
  hear (room, "One.\n");
  test_voice_drop (room->voice);
  limber_speech_say (room->speech, "en", "Two.");
  hear (room, "en: 100 Two.\n");
  g_clear_pointer (&room->voice, test_voice_free);
  limber_speech_say (room->speech, "en", "Three.");
  g_assert_true (test_wait (is_gone, room));
  g_assert_true (test_wait (is_silent, room));
  limber_speech_say (room->speech, "en", "Four.");
  g_assert_false (limber_speech_is_speaking (room->speech));
}

/* Nothing here waits for it, and it counts as gone before a person could have heard the words. */
static void
test_does_not_hang (Room *room, gconstpointer data)
{
  gint64 begun = g_get_monotonic_time ();

  test_voice_hang (room->voice, TRUE);
  limber_speech_say (room->speech, "en", "One.");
  limber_speech_say (room->speech, "en", "Two.");
  g_assert_cmpint (g_get_monotonic_time () - begun, <, G_TIME_SPAN_SECOND / 2);
  g_assert_true (test_wait (is_silent, room));
  g_assert_false (limber_speech_is_there (room->speech));
  g_clear_object (&room->speech);
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 15 * G_TIME_SPAN_SECOND);
}

static void
hear_nothing (Room *room)
{
  g_autofree char *said = NULL;

  g_usleep (G_USEC_PER_SEC / 5);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  said = test_voice_said (room->voice);
  g_assert_cmpstr (said, ==, "");
}

/* Nobody understands Romanian that is read by an English voice. */
static void
test_other_language (Room *room, gconstpointer data)
{
  g_assert_true (limber_speech_speaks (room->speech, "en"));
  g_assert_true (limber_speech_speaks (room->speech, "gu"));
  g_assert_false (limber_speech_speaks (room->speech, "ro"));
  g_assert_false (limber_speech_speaks (room->speech, "fr"));
  limber_speech_say (room->speech, "ro", "În ce zi v-ați născut?");
  g_assert_false (limber_speech_is_speaking (room->speech));
  hear_nothing (room);
  limber_speech_say (room->speech, "en", "One.");
  hear (room, "en: 100 One.\n");
  limber_speech_say (room->speech, "ro", "Unu."); /* and what was said is past */
  hear (room, "hush\n");
  g_assert_false (limber_speech_is_speaking (room->speech));
}

/* A server comes that speaks none of them, and then one that speaks another. */
static void
test_no_language (Room *room, gconstpointer data)
{
  g_clear_pointer (&room->voice, test_voice_free);
  room->voice = test_voice_new ("espeak-ng", "af en_US ro-RO");
  limber_speech_say (room->speech, "en", "One.");
  hear (room, "en: 100 One.\n");
  g_assert_true (limber_speech_speaks (room->speech, "ro"));
  g_assert_false (limber_speech_speaks (room->speech, "gu"));
  g_clear_pointer (&room->voice, test_voice_free);
  room->voice = test_voice_new ("espeak-ng", "af enm rom");
  limber_speech_say (room->speech, "en", "Two.");
  g_assert_true (test_wait (is_gone, room));
  g_assert_true (test_wait (is_silent, room));
  hear_nothing (room);
}

static void
test_no_synthesizer (Room *room, gconstpointer data)
{
  hear_nothing (room);
  g_assert_false (limber_speech_is_there (room->speech));
  limber_speech_say (room->speech, "en", "One.");
  hear_nothing (room);
}

int
main (int argc, char **argv)
{
  g_autofree char *dir = test_dir_new ();
  int status;

  g_test_init (&argc, &argv, NULL);
  test_voice_place (dir);
  g_test_add ("/ui/speech/says-it-in-its-language-and-as-loud-as-asked", Room, NULL, set_up, test_says, tear_down);
  g_test_add ("/ui/speech/what-is-new-replaces-what-is-being-said", Room, NULL, set_up, test_replaces, tear_down);
  g_test_add ("/ui/speech/finds-a-server-that-was-started-anew-and-misses-one-that-was-not", Room, NULL, set_up, test_survives_its_server, tear_down);
  g_test_add ("/ui/speech/a-server-that-hangs-holds-nobody", Room, NULL, set_up, test_does_not_hang, tear_down);
  g_test_add ("/ui/speech/a-language-without-a-voice-is-not-read-by-another", Room, NULL, set_up, test_other_language, tear_down);
  g_test_add ("/ui/speech/another-server-speaks-other-languages-or-none", Room, NULL, set_up, test_no_language, tear_down);
  g_test_add ("/ui/speech/a-server-that-can-only-excuse-itself-is-none", Room, "dummy", set_up, test_no_synthesizer, tear_down);
  status = g_test_run ();
  test_dir_remove (dir);
  return status;
}
