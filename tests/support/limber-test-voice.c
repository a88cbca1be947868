#include "limber-test-voice.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "limber-test.h"

struct _TestVoice {
  GThread *thread; /* (owned) */
  char    *module; /* (owned): its only synthesizer */
  char    *voices; /* (owned): its answer which it has */
  char    *language; /* (owned) (nullable) (its thread): that it was last set to */
  int      door;

  GMutex   mutex;
  int      line;     /* (mutex mutex): to the client, -1 when there is none */
  gboolean hangs;    /* (mutex mutex): it takes what is sent and answers nothing */
  guint    messages; /* (mutex mutex) */
  GString *said;     /* (owned) (mutex mutex): a line for each thing */
};

static gboolean
answer (int line, const char *text)
{
  return send (line, text, strlen (text), MSG_NOSIGNAL) == (gssize) strlen (text);
}

/* SSIP's commands may be written large or small. */
static gboolean
begins (const char *command, const char *with)
{
  return g_ascii_strncasecmp (command, with, strlen (with)) == 0;
}

static const char *
answer_for (const char *command)
{
  static const struct { const char *begins, *answer; } answers[] = {
    { "HISTORY GET CLIENT_ID", "245-7\r\n245 OK CLIENT ID SENT\r\n" },
    { "CANCEL", "210 OK MESSAGE CANCELED\r\n" },
    { "GET OUTPUT_MODULE", "251-module\r\n251 OK GET RETURNED\r\n" },
    { "QUIT", "231 HAPPY HACKING\r\n" },
    { "SPEAK", "230 OK RECEIVING DATA\r\n" },
    { "SET", "299 OK SET\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (begins (command, answers[i].begins))
      return answers[i].answer;
  return "500 ERR INVALID COMMAND\r\n";
}

static void
note (TestVoice *voice, const char *command)
{
  g_mutex_lock (&voice->mutex);
  if (begins (command, "SET SELF LANGUAGE ")) {
    g_free (voice->language);
    voice->language = g_strdup (command + strlen ("SET SELF LANGUAGE "));
  } else if (begins (command, "SET SELF VOLUME "))
    g_string_append_printf (voice->said, "%s: %s ", voice->language, command + strlen ("SET SELF VOLUME "));
  else if (begins (command, "CANCEL"))
    g_string_append (voice->said, "hush\n");
  g_mutex_unlock (&voice->mutex);
}

static void
note_message (TestVoice *voice, GString *text, char reply[64])
{
  g_mutex_lock (&voice->mutex);
  g_string_append_printf (voice->said, "%s\n", text->str);
  g_snprintf (reply, 64, "225-%u\r\n225 OK MESSAGE QUEUED\r\n", ++voice->messages);
  g_mutex_unlock (&voice->mutex);
}

static gboolean
is_hanging (TestVoice *voice)
{
  gboolean hangs;

  g_mutex_lock (&voice->mutex);
  hangs = voice->hangs;
  g_mutex_unlock (&voice->mutex);
  return hangs;
}

/* For what there is more than one fixed answer to. */
static const char *
answer_of (TestVoice *voice, const char *command, const char *modules)
{
  if (begins (command, "LIST OUTPUT_MODULES"))
    return modules;
  return begins (command, "LIST SYNTHESIS_VOICES") ? voice->voices : answer_for (command);
}

static void
serve (TestVoice *voice, int line)
{
  g_autofree char *modules = g_strdup_printf ("250-%s\r\n250 OK MODULE LIST SENT\r\n", voice->module);
  g_autoptr (GString) text = NULL; /* what is being sent to be spoken */
  FILE *file = fdopen (dup (line), "r");
  char command[8192], reply[64];

  while (fgets (command, sizeof command, file) != NULL) {
    const char *words = NULL;

    g_strchomp (command);
    if (text != NULL && !g_str_equal (command, ".")) {
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", command);
      continue;
    }
    if (text != NULL) {
      note_message (voice, text, reply);
      words = reply;
      g_string_free (g_steal_pointer (&text), TRUE);
    } else {
      note (voice, command);
      words = answer_of (voice, command, modules);
      text = begins (command, "SPEAK") ? g_string_new (NULL) : NULL;
    }
    if (!is_hanging (voice) && !answer (line, words))
      break;
  }
  fclose (file);
}

static gpointer
run (gpointer data)
{
  TestVoice *voice = data;
  int line;

  while ((line = accept (voice->door, NULL, NULL)) >= 0) {
    g_mutex_lock (&voice->mutex);
    voice->line = line;
    g_mutex_unlock (&voice->mutex);
    serve (voice, line);
    g_mutex_lock (&voice->mutex);
    voice->line = -1;
    close (line);
    g_mutex_unlock (&voice->mutex);
  }
  return NULL;
}

static char *socket_path; /* for all of them, one after the other */

/**
 * test_voice_place:
 * @dir: a folder of the test's
 *
 * Has SPEECHD_ADDRESS say where speech servers will be; once, before there are threads that read it.
 */
void
test_voice_place (const char *dir)
{
  g_autofree char *where = NULL;

  socket_path = g_build_filename (dir, "voice", NULL);
  where = g_strconcat ("unix_socket:", socket_path, NULL);
  g_setenv ("SPEECHD_ADDRESS", where, TRUE);
}

static char *
list_voices (const char *languages)
{
  g_auto (GStrv) codes = g_strsplit (languages, " ", -1);
  GString *list = g_string_new (NULL);

  for (guint i = 0; codes[i] != NULL; i++)
    g_string_append_printf (list, "249-Voice %u\t%s\tnone\r\n", i, codes[i]);
  g_string_append (list, "249 OK VOICE LIST SENT\r\n");
  return g_string_free (list, FALSE);
}

/**
 * test_voice_new:
 * @module: its only synthesizer
 * @languages: (nullable): the codes of those that it has a voice for, with gaps; %NULL for all that the kiosk knows
 *
 * Starts a speech server.
 */
TestVoice *
test_voice_new (const char *module, const char *languages)
{
  TestVoice *voice = g_new0 (TestVoice, 1);
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  g_mutex_init (&voice->mutex);
  voice->said = g_string_new (NULL);
  voice->module = g_strdup (module);
  voice->voices = list_voices (languages != NULL ? languages : "af en-GB gu ta ro pl ar enm");
  voice->line = -1;
  voice->door = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  unlink (socket_path);
  g_assert_cmpint (bind (voice->door, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (voice->door, 4), ==, 0);
  voice->thread = g_thread_new ("voice", run, voice);
  return voice;
}

/**
 * test_voice_drop:
 *
 * Breaks the line to the client, as a server that ends does; the next one that comes is served.
 */
void
test_voice_drop (TestVoice *voice)
{
  g_mutex_lock (&voice->mutex);
  if (voice->line >= 0)
    shutdown (voice->line, SHUT_RDWR);
  g_mutex_unlock (&voice->mutex);
}

void
test_voice_free (TestVoice *voice)
{
  shutdown (voice->door, SHUT_RDWR);
  test_voice_drop (voice);
  g_thread_join (voice->thread);
  close (voice->door);
  unlink (socket_path);
  g_mutex_clear (&voice->mutex);
  g_string_free (voice->said, TRUE);
  g_free (voice->module);
  g_free (voice->voices);
  g_free (voice->language);
  g_free (voice);
}

/**
 * test_voice_hang:
 * @hangs: whether it answers nothing from now on
 */
void
test_voice_hang (TestVoice *voice, gboolean hangs)
{
  g_mutex_lock (&voice->mutex);
  voice->hangs = hangs;
  g_mutex_unlock (&voice->mutex);
}

/**
 * test_voice_finish:
 *
 * Comes to the end of what it was asked to say last.
 */
void
test_voice_finish (TestVoice *voice)
{
  g_autofree char *event = NULL;

  g_mutex_lock (&voice->mutex);
  event = g_strdup_printf ("702-%u\r\n702-7\r\n702 END\r\n", voice->messages);
  g_assert_true (answer (voice->line, event));
  g_mutex_unlock (&voice->mutex);
}

/**
 * test_voice_said:
 *
 * Returns: (transfer full): what it was asked since it was asked for last, a line each: "hush" or "LANGUAGE: VOLUME TEXT"
 */
char *
test_voice_said (TestVoice *voice)
{
  char *said;

  g_mutex_lock (&voice->mutex);
  said = g_strdup (voice->said->str);
  g_string_truncate (voice->said, 0);
  g_mutex_unlock (&voice->mutex);
  return said;
}
