#include "limber-speech.h"

#include <libspeechd.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* Seconds between two looks whether the server is there, or still there. */
#define AGAIN 60
/* Longer than this nothing takes to say: then the server hangs, or its news was lost. */
#define LONGEST(text) (4000u + 250u * (guint) g_utf8_strlen (text, -1)) /* milliseconds */

/* What the thread and the object share; whichever goes last frees it, so that nobody waits for a server that hangs. */
typedef struct {
  GMainContext *context; /* (owned): where the object is told */
  char         *client;  /* (owned): how it calls itself to the server */
  char        **languages; /* (owned): those that it may be asked to speak, at most 32 */
  GWeakRef      speech;

  GMutex   mutex;
  GCond    changed;
  gboolean over;                  /* (mutex mutex): the object has gone */
  guint    wanted, taken;         /* (mutex mutex): the number of the newest wish, and of the last one that was carried out */
  char    *text, *language;       /* (owned) (nullable) (mutex mutex): what to say; none: be silent */
  guint    volume;                /* (mutex mutex): 0 to 100 */
  guint    spoken;                /* (mutex mutex): a bit for each of the languages that there is a voice for; 0 where there is no server */
  int      id, message, finished; /* (mutex mutex): the server's number for us, for what is said, and for what was said last */

  SPDConnection *connection; /* (owned) (nullable) (its thread) */
} Line;

struct _LimberSpeech {
  GObject parent_instance;

  Line    *line; /* (owned) */
  guint    spoken; /* as the line's */
  gboolean speaking;
  guint    limit; /* a source, while it speaks */
};

G_DEFINE_FINAL_TYPE (LimberSpeech, limber_speech, G_TYPE_OBJECT)

enum {
  PROP_IS_THERE = 1,
  PROP_SPEAKING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* libspeechd tells which of the server's clients an event is for and nothing else, so that they are looked up here. */
static GMutex lines_mutex;
static GPtrArray *lines; /* (mutex lines_mutex) (element-type Line) */

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_main_context_unref (line->context);
  g_weak_ref_clear (&line->speech);
  g_mutex_clear (&line->mutex);
  g_cond_clear (&line->changed);
  g_free (line->client);
  g_strfreev (line->languages);
  g_free (line->text);
  g_free (line->language);
}

static void
line_unref (gpointer line)
{
  g_atomic_rc_box_release_full (line, line_clear);
}

static void
set_spoken (LimberSpeech *speech, guint spoken)
{
  if (speech->spoken == spoken)
    return;
  speech->spoken = spoken;
  g_object_notify_by_pspec (G_OBJECT (speech), properties[PROP_IS_THERE]);
}

static void
set_speaking (LimberSpeech *speech, gboolean speaking)
{
  if (!speaking)
    g_clear_handle_id (&speech->limit, g_source_remove);
  if (speech->speaking == speaking)
    return;
  speech->speaking = speaking;
  g_object_notify_by_pspec (G_OBJECT (speech), properties[PROP_SPEAKING]);
}

/* In the object's own thread: how it stands now. */
static gboolean
on_news (gpointer data)
{
  Line *line = data;
  g_autoptr (LimberSpeech) speech = g_weak_ref_get (&line->speech);
  gboolean ended;
  guint spoken;

  if (speech == NULL)
    return G_SOURCE_REMOVE;
  g_mutex_lock (&line->mutex);
  spoken = line->spoken;
  ended = line->taken == line->wanted && (spoken == 0 || line->finished >= line->message);
  g_mutex_unlock (&line->mutex);
  set_spoken (speech, spoken);
  if (ended)
    set_speaking (speech, FALSE);
  return G_SOURCE_REMOVE;
}

static void
tell (Line *line)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, on_news, g_atomic_rc_box_acquire (line), line_unref);
  g_source_attach (source, line->context);
  g_source_unref (source);
}

/* In a thread of libspeechd. */
static void
on_finished (size_t message, size_t client, SPDNotificationType type)
{
  g_mutex_lock (&lines_mutex);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    Line *line = g_ptr_array_index (lines, i);

    g_mutex_lock (&line->mutex);
    if (line->id == (int) client)
      line->finished = MAX (line->finished, (int) message);
    g_mutex_unlock (&line->mutex);
    tell (line);
  }
  g_mutex_unlock (&lines_mutex);
}

static void
set_line (Line *line, guint spoken)
{
  g_mutex_lock (&line->mutex);
  line->spoken = spoken;
  line->id = spoken != 0 ? spd_get_client_id (line->connection) : -1;
  line->message = line->finished = 0;
  g_mutex_unlock (&line->mutex);
  tell (line);
}

static void
hang_up (Line *line)
{
  if (line->connection == NULL)
    return;
  spd_close (line->connection);
  line->connection = NULL;
  set_line (line, 0);
}

/* A server without a synthesizer has a "dummy", which says of itself that it cannot speak. */
static gboolean
has_voice (SPDConnection *connection)
{
  char **modules = spd_list_modules (connection);
  gboolean found = FALSE;

  for (guint i = 0; modules != NULL && modules[i] != NULL; i++)
    found = found || !g_str_equal (modules[i], "dummy");
  if (modules != NULL)
    free_spd_modules (modules);
  return found;
}

/* "en-GB" is English. */
static gboolean
has_voice_for (SPDVoice **voices, const char *language)
{
  gsize length = strlen (language);

  for (guint i = 0; voices != NULL && voices[i] != NULL; i++) {
    const char *code = voices[i]->language != NULL ? voices[i]->language : "";

    if (g_ascii_strncasecmp (code, language, length) == 0 && !g_ascii_isalnum (code[length]))
      return TRUE;
  }
  return FALSE;
}

/* The server may be set to use another synthesizer for another language. One has thousands of voices: they are asked for once. */
static guint
find_spoken (Line *line)
{
  char *asked = NULL;
  SPDVoice **voices = NULL;
  guint spoken = 0;

  for (guint i = 0; line->languages[i] != NULL; i++) {
    char *module = spd_set_language (line->connection, line->languages[i]) == 0 ? spd_get_output_module (line->connection) : NULL;

    if (module != NULL && g_strcmp0 (module, asked) != 0) {
      if (voices != NULL)
        free_spd_voices (voices);
      voices = spd_list_synthesis_voices (line->connection);
      free (asked);
      asked = g_steal_pointer (&module);
    }
    if (asked != NULL && has_voice_for (voices, line->languages[i]))
      spoken |= 1u << i;
    free (module);
  }
  if (voices != NULL)
    free_spd_voices (voices);
  free (asked);
  malloc_trim (0);
  return spoken;
}

/* A server is started only by speech-dispatcher's own rule, and never where somebody has said which one it is to be. */
static void
connect_line (Line *line)
{
  char *reason = NULL; /* libspeechd takes no NULL for it */
  guint spoken;

  line->connection = spd_open2 (line->client, "speech", NULL, SPD_MODE_THREADED, NULL, g_getenv ("SPEECHD_ADDRESS") == NULL, &reason);
  free (reason);
  if (line->connection == NULL)
    return;
  line->connection->callback_end = line->connection->callback_cancel = on_finished;
  spoken = has_voice (line->connection) ? find_spoken (line) : 0;
  if (spoken != 0 && spd_set_notification_on (line->connection, SPD_END) == 0 && spd_set_notification_on (line->connection, SPD_CANCEL) == 0)
    set_line (line, spoken);
  else
    hang_up (line);
}

static gboolean
is_broken (Line *line)
{
  struct pollfd door = { .fd = line->connection->socket, .events = POLLRDHUP };

  return poll (&door, 1, 0) > 0 && (door.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* Returns: the server's number for the message, 0 where there is nothing to say, -1 when the server has failed */
static int
speak (Line *line, const char *text, const char *language, guint volume)
{
  if (spd_cancel (line->connection) != 0)
    return -1;
  if (text == NULL)
    return 0;
  /* speech-dispatcher's scale: from -100, silent, to 100. */
  if (spd_set_language (line->connection, language) != 0 || spd_set_volume (line->connection, 2 * (int) volume - 100) != 0)
    return -1;
  return spd_say (line->connection, SPD_TEXT, text);
}

static void
carry_out (Line *line, guint wish, const char *text, const char *language, guint volume)
{
  int message = line->connection != NULL ? speak (line, text, language, volume) : 0;

  if (message < 0) {
    hang_up (line);
    connect_line (line);
    message = line->connection != NULL ? speak (line, text, language, volume) : 0;
  }
  g_mutex_lock (&line->mutex);
  line->taken = wish;
  line->message = MAX (0, message);
  g_mutex_unlock (&line->mutex);
  tell (line);
}

/* Waits for the next wish, and takes it: the newest counts, the others are past. */
static gboolean
take_wish (Line *line, guint *wish, char **text, char **language, guint *volume)
{
  gint64 until = g_get_monotonic_time () + AGAIN * G_TIME_SPAN_SECOND;
  gboolean taken;

  g_mutex_lock (&line->mutex);
  while (!line->over && line->wanted == line->taken && g_cond_wait_until (&line->changed, &line->mutex, until))
    ;
  taken = line->wanted != line->taken;
  *wish = line->wanted;
  *text = g_steal_pointer (&line->text);
  *language = g_strdup (line->language);
  *volume = line->volume;
  g_mutex_unlock (&line->mutex);
  return taken;
}

static gboolean
is_over (Line *line)
{
  gboolean over;

  g_mutex_lock (&line->mutex);
  over = line->over;
  g_mutex_unlock (&line->mutex);
  return over;
}

static gpointer
run (gpointer data)
{
  Line *line = data;
  sigset_t pipe;

  /* A server that has gone is an error to be read, not the end of the program. */
  sigemptyset (&pipe);
  sigaddset (&pipe, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &pipe, NULL);
  connect_line (line);
  while (!is_over (line)) {
    g_autofree char *text = NULL, *language = NULL;
    guint wish, volume;
    gboolean taken = take_wish (line, &wish, &text, &language, &volume);

    if (line->connection != NULL && is_broken (line))
      hang_up (line);
    if (line->connection == NULL && !is_over (line))
      connect_line (line);
    if (taken)
      carry_out (line, wish, text, language, volume);
  }
  g_mutex_lock (&lines_mutex);
  g_ptr_array_remove_fast (lines, line);
  g_mutex_unlock (&lines_mutex);
  if (line->connection != NULL)
    spd_cancel (line->connection);
  hang_up (line);
  line_unref (line);
  return NULL;
}

static gboolean
on_limit (gpointer data)
{
  LimberSpeech *speech = data;
  gboolean hangs;

  speech->limit = 0;
  g_mutex_lock (&speech->line->mutex);
  hangs = speech->line->taken != speech->line->wanted;
  g_mutex_unlock (&speech->line->mutex);
  if (hangs)
    set_spoken (speech, 0);
  set_speaking (speech, FALSE);
  return G_SOURCE_REMOVE;
}

static void
wish (LimberSpeech *speech, const char *language, const char *text)
{
  Line *line = speech->line;

  g_mutex_lock (&line->mutex);
  g_free (line->text);
  g_free (line->language);
  line->text = g_strdup (text);
  line->language = g_strdup (language);
  line->wanted++;
  g_cond_signal (&line->changed);
  g_mutex_unlock (&line->mutex);
}

static void
limber_speech_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  LimberSpeech *speech = LIMBER_SPEECH (object);

  if (id == PROP_IS_THERE)
    g_value_set_boolean (value, speech->spoken != 0);
  else if (id == PROP_SPEAKING)
    g_value_set_boolean (value, speech->speaking);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
}

static void
limber_speech_dispose (GObject *object)
{
  LimberSpeech *speech = LIMBER_SPEECH (object);

  g_clear_handle_id (&speech->limit, g_source_remove);
  if (speech->line != NULL) {
    g_mutex_lock (&speech->line->mutex);
    speech->line->over = TRUE;
    g_cond_signal (&speech->line->changed);
    g_mutex_unlock (&speech->line->mutex);
    g_clear_pointer (&speech->line, line_unref);
  }
  G_OBJECT_CLASS (limber_speech_parent_class)->dispose (object);
}

static void
limber_speech_class_init (LimberSpeechClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_speech_get_property;
  object_class->dispose = limber_speech_dispose;
  properties[PROP_IS_THERE] = g_param_spec_boolean ("is-there", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPEAKING] = g_param_spec_boolean ("speaking", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
limber_speech_init (LimberSpeech *speech)
{
}

/**
 * limber_speech_new:
 * @client: the program's name, for the speech server
 * @languages: (array zero-terminated=1): the codes of those that it may be asked to speak, at most 32
 *
 * Looks for the machine's speech server, in a thread, now and every minute; limber_speech_is_there() becomes true ("notify::is-there")
 * when one is found that has a voice for any of @languages. Where nothing says which one it is (SPEECHD_ADDRESS), speech-dispatcher starts its own, if its
 * configuration lets it.
 *
 * Returns: (transfer full): the voice, silent so far; its signals come in this thread's main context
 */
LimberSpeech *
limber_speech_new (const char *client, const char *const *languages)
{
  LimberSpeech *speech = g_object_new (LIMBER_TYPE_SPEECH, NULL);
  Line *line = g_atomic_rc_box_new0 (Line);

  speech->line = line;
  line->context = g_main_context_ref_thread_default ();
  line->client = g_strdup (client);
  line->languages = g_strdupv ((char **) languages);
  line->volume = 100;
  line->id = -1;
  g_weak_ref_init (&line->speech, speech);
  g_mutex_init (&line->mutex);
  g_cond_init (&line->changed);
  g_mutex_lock (&lines_mutex);
  if (lines == NULL)
    lines = g_ptr_array_new ();
  g_ptr_array_add (lines, line);
  g_mutex_unlock (&lines_mutex);
  g_thread_unref (g_thread_new ("speech", run, g_atomic_rc_box_acquire (line)));
  return speech;
}

/**
 * limber_speech_is_there:
 *
 * Returns: whether there is a speech server that has a voice and answers ("notify::is-there")
 */
gboolean
limber_speech_is_there (LimberSpeech *speech)
{
  return speech->spoken != 0;
}

/**
 * limber_speech_speaks:
 * @language: the code of one of those that it may be asked to speak
 *
 * Returns: whether there is a voice for it: another one's would not be understood ("notify::is-there" is told when this changes too)
 */
gboolean
limber_speech_speaks (LimberSpeech *speech, const char *language)
{
  for (guint i = 0; speech->line->languages[i] != NULL; i++)
    if (g_str_equal (speech->line->languages[i], language))
      return (speech->spoken & 1u << i) != 0;
  return FALSE;
}

/**
 * limber_speech_is_speaking:
 *
 * Returns: whether something is being said now ("notify::speaking"); never for much longer than it can take
 */
gboolean
limber_speech_is_speaking (LimberSpeech *speech)
{
  return speech->speaking;
}

/**
 * limber_speech_say:
 * @language: its code, of two letters: "en", "gu"
 * @text: what to say
 *
 * Says something in place of what is being said. Where there is no voice for @language, nothing is said.
 */
void
limber_speech_say (LimberSpeech *speech, const char *language, const char *text)
{
  if (!limber_speech_speaks (speech, language)) {
    limber_speech_stop (speech);
    return;
  }
  wish (speech, language, text);
  g_clear_handle_id (&speech->limit, g_source_remove);
  speech->limit = g_timeout_add (LONGEST (text), on_limit, speech);
  set_speaking (speech, TRUE);
}

/**
 * limber_speech_stop:
 *
 * Falls silent at once.
 */
void
limber_speech_stop (LimberSpeech *speech)
{
  if (!speech->speaking)
    return;
  wish (speech, NULL, NULL);
  set_speaking (speech, FALSE);
}

/**
 * limber_speech_set_volume:
 * @volume: 0, silent, to 100, as loud as the machine is set to
 *
 * How loud it is from the next thing said on.
 */
void
limber_speech_set_volume (LimberSpeech *speech, guint volume)
{
  g_mutex_lock (&speech->line->mutex);
  speech->line->volume = MIN (volume, 100);
  g_mutex_unlock (&speech->line->mutex);
}
