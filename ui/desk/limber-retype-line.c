/* What was typed stays until it is saved, whatever happens. It was typed by somebody who saw `base`, the appointment's status
 * then: when another screen has gone on since, it is not saved before she has seen that. Once begun, a saving is carried out
 * even if the page is gone. */
#include "limber-retype-line.h"

#include <glib/gi18n-lib.h>

#include "limber-retype.h"
#include "limber-visit.h"

struct _LimberRetypeLine {
  GObject        parent_instance;
  LimberDayLine *print;   /* (owned) */
  char          *came;    /* (owned): as it was typed, "" for nothing */
  char          *seen;    /* (owned): the same */
  char          *problem; /* (owned) (nullable): why it was not saved */
  gint64         base;
  gint64         before;  /* the status before it was saved here */
  gint64         after;   /* and after; -1 when it was not */
  gboolean       busy;
};

enum {
  CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberRetypeLine, limber_retype_line, G_TYPE_OBJECT)

/* A saving, or its undoing. */
typedef struct {
  LimberRetype       line;
  gint64             before;
  gboolean           undo;
  LimberStaffMember *by; /* (owned) */
} Saving;

static void
saving_free (gpointer data)
{
  g_object_unref (((Saving *) data)->by);
  g_free (data);
}

static gint64
status_of (LimberRetypeLine *self)
{
  return limber_row_integer (self->print->row, "status");
}

static gboolean
has_typed (LimberRetypeLine *self)
{
  return *self->came != '\0' || *self->seen != '\0';
}

static void
set_problem (LimberRetypeLine *self, const char *problem)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
}

static void
limber_retype_line_finalize (GObject *object)
{
  LimberRetypeLine *self = LIMBER_RETYPE_LINE (object);

  limber_day_line_free (self->print);
  g_free (self->came);
  g_free (self->seen);
  g_free (self->problem);
  G_OBJECT_CLASS (limber_retype_line_parent_class)->finalize (object);
}

static void
limber_retype_line_class_init (LimberRetypeLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = limber_retype_line_finalize;
  signals[CHANGED] = g_signal_new ("changed", LIMBER_TYPE_RETYPE_LINE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_retype_line_init (LimberRetypeLine *self)
{
  self->came = g_strdup ("");
  self->seen = g_strdup ("");
  self->after = -1;
}

/**
 * limber_retype_line_new:
 * @row: of the query "today"
 * @date: of the paper, YYYY-MM-DD
 *
 * Returns: (transfer full): the line, with nothing typed
 */
LimberRetypeLine *
limber_retype_line_new (LimberRow *row, const char *date)
{
  LimberRetypeLine *self = g_object_new (LIMBER_TYPE_RETYPE_LINE, NULL);

  self->print = limber_day_line_new (row, date);
  self->base = status_of (self);
  return self;
}

/**
 * limber_retype_line_set_row:
 *
 * The appointment is another now; what was typed stays.
 */
void
limber_retype_line_set_row (LimberRetypeLine *self, LimberRow *row, const char *date)
{
  if (limber_row_equal (row, self->print->row))
    return;
  limber_day_line_free (self->print);
  self->print = limber_day_line_new (row, date);
  if (!has_typed (self))
    self->base = status_of (self);
  else if (!self->busy && status_of (self) != self->base)
    set_problem (self, _("Another screen has gone on with this appointment meanwhile. Look at what it says now; nothing of what you typed was saved."));
  g_signal_emit (self, signals[CHANGED], 0);
}

const LimberDayLine *
limber_retype_line_get_print (LimberRetypeLine *self)
{
  return self->print;
}

const LimberId *
limber_retype_line_get_id (LimberRetypeLine *self)
{
  return limber_row_id (self->print->row, "id");
}

/**
 * limber_retype_line_get_came:
 *
 * Returns: what was typed as the time of coming, and is not saved
 */
const char *
limber_retype_line_get_came (LimberRetypeLine *self)
{
  return self->came;
}

const char *
limber_retype_line_get_seen (LimberRetypeLine *self)
{
  return self->seen;
}

/**
 * limber_retype_line_get_problem:
 *
 * Returns: (nullable): why what was typed is not saved
 */
const char *
limber_retype_line_get_problem (LimberRetypeLine *self)
{
  return self->problem;
}

/**
 * limber_retype_line_dup_state:
 *
 * Returns: (transfer full): what the appointment is now, in a word or two
 */
char *
limber_retype_line_dup_state (LimberRetypeLine *self)
{
  g_autoptr (LimberVisit) visit = limber_visit_new (self->print->row, 0);

  return limber_visit_dup_status_text (visit);
}

/**
 * limber_retype_line_is_saved:
 *
 * Returns: whether it stands as it was saved here
 */
gboolean
limber_retype_line_is_saved (LimberRetypeLine *self)
{
  return self->after >= 0 && self->after == status_of (self);
}

/**
 * limber_retype_line_type:
 *
 * Keeps what is in the fields.
 */
void
limber_retype_line_type (LimberRetypeLine *self, const char *came, const char *seen)
{
  if (g_str_equal (came, self->came) && g_str_equal (seen, self->seen))
    return;
  if (!has_typed (self))
    self->base = status_of (self);
  g_free (self->came);
  g_free (self->seen);
  self->came = g_strdup (came);
  self->seen = g_strdup (seen);
  set_problem (self, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Saving *saving = data;
  LimberAuthor author = limber_staff_member_author (saving->by);

  return saving->undo ? limber_retype_undo (transaction, &saving->line, saving->before, &author, error) : limber_retype_save (transaction, &saving->line, &author, error);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LimberRetypeLine) self = data;
  Saving *saving = limber_store_write_data (result);
  g_autoptr (GError) error = NULL;

  self->busy = FALSE;
  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error)) {
    set_problem (self, error->message);
    self->base = status_of (self); /* she is shown now what it is */
  } else if (saving->undo)
    self->after = -1;
  else {
    self->before = saving->before;
    self->after = saving->line.status;
    limber_retype_line_type (self, "", "");
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start_saving (LimberRetypeLine *self, LimberStore *store, const Saving *what, LimberStaffMember *member)
{
  Saving *saving = g_memdup2 (what, sizeof *what);

  saving->by = g_object_ref (member);
  self->busy = TRUE;
  limber_store_write_async (store, carry_out, saving, saving_free, NULL, saved, g_object_ref (self));
}

/**
 * limber_retype_line_save:
 * @member: who types
 *
 * Saves what was typed; "changed" tells when it is saved, or why not.
 *
 * Returns: whether what was typed makes sense; nothing typed does
 */
gboolean
limber_retype_line_save (LimberRetypeLine *self, LimberStore *store, LimberStaffMember *member)
{
  Saving saving = { .line = { .appointment = *limber_retype_line_get_id (self), .status = self->base, .start = limber_row_integer (self->print->row, "start") }, .before = self->base };
  g_autoptr (GError) error = NULL;

  if (self->busy)
    return TRUE;
  if (!limber_retype_read (&saving.line, self->came, self->seen, &error)) {
    set_problem (self, error->message);
    g_signal_emit (self, signals[CHANGED], 0);
    return FALSE;
  }
  if (!limber_retype_is_empty (&saving.line))
    start_saving (self, store, &saving, member);
  return TRUE;
}

/**
 * limber_retype_line_undo:
 *
 * Takes back what was saved here last.
 */
void
limber_retype_line_undo (LimberRetypeLine *self, LimberStore *store, LimberStaffMember *member)
{
  Saving saving = { .line = { .appointment = *limber_retype_line_get_id (self), .status = self->after }, .before = self->before, .undo = TRUE };

  if (self->after >= 0 && !self->busy)
    start_saving (self, store, &saving, member);
}
