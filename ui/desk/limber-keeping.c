/* The last text that was noted is written when nothing more comes for a moment, or when whoever keeps it goes. Whoever reads it while that is
 * still being written is given what is being written. */
#include "limber-keeping.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"
#include "limber-json.h"
#include "limber-unsaved.h"

#define PAUSE 300 /* milliseconds without a key */

struct _LimberKeeping {
  LimberStore       *store;  /* (owned) */
  LimberStaffMember *member; /* (owned) */
  char              *form;   /* (owned) */
  gboolean           has_about;
  LimberId           about;
  char              *text;   /* (owned) (nullable): yet to be written; %NULL: to be forgotten */
  guint              timer;  /* runs while something is yet to be written */
};

/* What is written, in the writer's thread. */
typedef struct {
  LimberStore       *store;  /* (unowned): to tell it apart */
  gint64             at;     /* milliseconds UTC */
  LimberStaffMember *member; /* (owned) */
  char              *form;   /* (owned) */
  gboolean           has_about;
  LimberId           about;
  char              *text;   /* (owned) (nullable) */
} Writing;

static GQueue under_way = G_QUEUE_INIT; /* (main thread): Writing, unowned: the last that was begun comes first */

static void
writing_free (Writing *writing)
{
  g_object_unref (writing->member);
  g_free (writing->form);
  g_free (writing->text);
  g_free (writing);
}

static gboolean
write_down (LimberTransaction *transaction, gpointer data, GError **error)
{
  Writing *writing = data;
  LimberAuthor author = limber_staff_member_author (writing->member);

  return limber_unsaved_keep (transaction, author.author, writing->form, writing->has_about ? &writing->about : NULL, writing->text, error);
}

/* It is freed after this. */
static void
on_written (GObject *source, GAsyncResult *result, gpointer writing)
{
  g_autoptr (GError) error = NULL;

  g_queue_remove (&under_way, writing);
  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error))
    g_debug ("What was typed is not kept: %s", limber_error_for_log (error));
}

/* (nullable): what is being written in its place. */
static const Writing *
find_under_way (LimberKeeping *keeping)
{
  for (GList *link = under_way.head; link != NULL; link = link->next) {
    const Writing *writing = link->data;

    if (writing->store == keeping->store && limber_id_equal (limber_staff_member_get_id (writing->member), limber_staff_member_get_id (keeping->member)) && g_str_equal (writing->form, keeping->form) &&
        writing->has_about == keeping->has_about && (!writing->has_about || limber_id_equal (&writing->about, &keeping->about)))
      return writing;
  }
  return NULL;
}

/**
 * limber_keeping_flush:
 *
 * Writes at once what is yet to be written.
 */
void
limber_keeping_flush (LimberKeeping *keeping)
{
  Writing *writing;

  if (keeping->timer == 0)
    return;
  g_clear_handle_id (&keeping->timer, g_source_remove);
  writing = g_new0 (Writing, 1);
  writing->store = keeping->store;
  writing->at = limber_env_now (limber_store_env (keeping->store));
  writing->member = g_object_ref (keeping->member);
  writing->form = g_strdup (keeping->form);
  writing->has_about = keeping->has_about;
  writing->about = keeping->about;
  writing->text = g_steal_pointer (&keeping->text);
  limber_store_write_async (keeping->store, write_down, writing, (GDestroyNotify) writing_free, NULL, on_written, writing);
  g_queue_push_head (&under_way, writing);
}

static gboolean
on_pause (gpointer data)
{
  limber_keeping_flush (data);
  return G_SOURCE_REMOVE;
}

/**
 * limber_keeping_new:
 * @member: who types
 * @form: into which form
 * @about: (nullable): whom it is about
 */
LimberKeeping *
limber_keeping_new (LimberStore *store, LimberStaffMember *member, const char *form, const LimberId *about)
{
  LimberKeeping *keeping = g_new0 (LimberKeeping, 1);

  keeping->store = g_object_ref (store);
  keeping->member = g_object_ref (member);
  keeping->form = g_strdup (form);
  keeping->has_about = about != NULL;
  if (about != NULL)
    keeping->about = *about;
  return keeping;
}

/**
 * limber_keeping_free:
 *
 * What is yet to be written is written first.
 */
void
limber_keeping_free (LimberKeeping *keeping)
{
  limber_keeping_flush (keeping);
  g_object_unref (keeping->store);
  g_object_unref (keeping->member);
  g_free (keeping->form);
  g_free (keeping->text);
  g_free (keeping);
}

/**
 * limber_keeping_note:
 * @text: (nullable): all that the form has; nothing: nothing that is worth keeping
 */
void
limber_keeping_note (LimberKeeping *keeping, const char *text)
{
  g_free (keeping->text);
  keeping->text = g_strdup (text);
  g_clear_handle_id (&keeping->timer, g_source_remove);
  keeping->timer = g_timeout_add (PAUSE, on_pause, keeping);
}

typedef struct {
  LimberKeeping *keeping;
  gint64         at;
  char          *text;
} Reading;

static gboolean
read_kept (LimberReader *reader, gpointer data, GError **error)
{
  Reading *reading = data;
  LimberAuthor author = limber_staff_member_author (reading->keeping->member);

  reading->text = limber_unsaved_find (reader, author.author, reading->keeping->form, reading->keeping->has_about ? &reading->keeping->about : NULL, &reading->at);
  return TRUE;
}

/**
 * limber_keeping_read:
 * @at: (out): when it was typed, milliseconds UTC
 *
 * Returns: (transfer full) (nullable): what was typed there before and not saved
 */
json_t *
limber_keeping_read (LimberKeeping *keeping, gint64 *at)
{
  Reading reading = { keeping, 0, NULL };
  const Writing *writing = find_under_way (keeping);
  g_autofree char *text = NULL;

  if (writing == NULL)
    limber_store_read (keeping->store, read_kept, &reading, NULL);
  *at = writing != NULL ? writing->at : reading.at;
  text = writing != NULL ? g_strdup (writing->text) : reading.text;
  return text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
}

/**
 * limber_keeping_words:
 * @at: when something was typed, milliseconds UTC
 *
 * Returns: (transfer full): what is said of it where it stands again
 */
char *
limber_keeping_words (gint64 at)
{
  g_autofree char *time = limber_time_for_staff (at), *date = NULL;
  char day[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (at, day);
  date = limber_date_for_staff (day);
  /* Translators: a date and a time. */
  return g_strdup_printf (_("You typed this on %s at %s and did not save it."), date, time);
}
