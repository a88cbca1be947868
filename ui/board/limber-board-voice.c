/* Who was called is not called out once more than she has to be: what was taken back, or has gone in, is left out of what is
 * still to be said. */
#include "limber-board-voice.h"

#include "limber-board-words.h"
#include "limber-kiosk-language.h"
#include "limber-chime.h"

#define PAUSE 2500 /* milliseconds between the words and the words once more */
#define TURNS 2

typedef struct {
  LimberId id;
  char    *words; /* (owned) */
  guint    volume;
  guint    turns; /* how often it has been said */
} Call;

struct _LimberBoardVoice {
  LimberSpeech *speech; /* (owned) */
  GQueue        calls;  /* (owned): Call, the first one is being called out */
  guint         timer;  /* a source */
};

static void
call_free (gpointer data)
{
  g_free (((Call *) data)->words);
  g_free (data);
}

static void
schedule (LimberBoardVoice *voice, guint milliseconds, GSourceFunc then)
{
  g_clear_handle_id (&voice->timer, g_source_remove);
  voice->timer = g_timeout_add (milliseconds, then, voice);
}

static gboolean speak (gpointer data);

/* The next one, if there is one. */
static void
begin (LimberBoardVoice *voice)
{
  Call *call = g_queue_peek_head (&voice->calls);

  if (call == NULL)
    return;
  limber_chime_play (call->volume);
  schedule (voice, LIMBER_CHIME_TIME, speak);
}

static void
end (LimberBoardVoice *voice)
{
  Call *call = g_queue_pop_head (&voice->calls);

  if (call != NULL)
    call_free (call);
  begin (voice);
}

/* Where there is no voice nothing is waited for. */
static gboolean
go_on (gpointer data)
{
  LimberBoardVoice *voice = data;
  Call *call = g_queue_peek_head (&voice->calls);

  if (limber_speech_is_speaking (voice->speech))
    return G_SOURCE_CONTINUE;
  voice->timer = 0;
  if (call == NULL || call->turns >= TURNS || !limber_speech_speaks (voice->speech, limber_kiosk_language_get ()->code))
    end (voice);
  else
    schedule (voice, PAUSE, speak);
  return G_SOURCE_REMOVE;
}

static gboolean
speak (gpointer data)
{
  LimberBoardVoice *voice = data;
  Call *call = g_queue_peek_head (&voice->calls);

  voice->timer = 0;
  if (call != NULL) {
    call->turns++;
    limber_speech_set_volume (voice->speech, call->volume);
    limber_speech_say (voice->speech, limber_kiosk_language_get ()->code, call->words);
  }
  schedule (voice, 300, go_on);
  return G_SOURCE_REMOVE;
}

/**
 * limber_board_voice_new:
 * @speech: who says it
 *
 * Returns: (transfer full): one that says nothing yet
 */
LimberBoardVoice *
limber_board_voice_new (LimberSpeech *speech)
{
  LimberBoardVoice *voice = g_new0 (LimberBoardVoice, 1);

  voice->speech = g_object_ref (speech);
  g_queue_init (&voice->calls);
  return voice;
}

void
limber_board_voice_free (LimberBoardVoice *voice)
{
  g_clear_handle_id (&voice->timer, g_source_remove);
  g_queue_clear_full (&voice->calls, call_free);
  limber_speech_stop (voice->speech);
  g_object_unref (voice->speech);
  g_free (voice);
}

/**
 * limber_board_voice_call:
 * @row: of the query "calls"
 * @volume: 0 to 100
 *
 * Calls somebody out, after those who were called before.
 */
void
limber_board_voice_call (LimberBoardVoice *voice, LimberRow *row, guint volume)
{
  Call *call = g_new0 (Call, 1);
  gboolean first = g_queue_is_empty (&voice->calls);

  call->id = *limber_row_id (row, "id");
  call->words = limber_board_words_spoken (row);
  call->volume = volume;
  g_queue_push_tail (&voice->calls, call);
  if (first)
    begin (voice);
}

/**
 * limber_board_voice_retain:
 * @stands: whether a call still stands
 *
 * Leaves out what is still to be said of calls that no longer stand.
 */
void
limber_board_voice_retain (LimberBoardVoice *voice, gboolean (*stands) (const LimberId *call, gpointer data), gpointer data)
{
  GList *next;

  for (GList *at = voice->calls.head; at != NULL; at = next) {
    Call *call = at->data;

    next = at->next;
    if (stands (&call->id, data))
      continue;
    if (at == voice->calls.head) {
      call->turns = TURNS; /* it ends by itself */
      limber_speech_stop (voice->speech);
      continue;
    }
    g_queue_delete_link (&voice->calls, at);
    call_free (call);
  }
}
