#include "limber-kiosk-asking.h"

#include <glib/gi18n-lib.h>

#include "limber-asking.h"
#include "limber-error.h"
#include "limber-kiosk-ask.h"
#include "limber-kiosk-details.h"
#include "limber-kiosk-language.h"

struct _LimberKioskAsking {
  GObject parent_instance;

  LimberStore    *store;    /* (owned) (nullable): none: nobody is asked */
  LimberAsking   *asking;   /* (owned) (nullable): none: it is over */
  LimberResponse *response; /* (owned) (nullable): none: her details are asked for */
  guint           form;     /* which of the forms comes, or is asked */
  int             item;     /* which of its items */
  guint           step;     /* how often something was handed to the store */
  guint           person;   /* counts people: what was begun for one says nothing of the next */
  gboolean        changed;  /* her details are not right */
  gboolean        in_person;
};

enum {
  SIGNAL_MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberKioskAsking, limber_kiosk_asking, G_TYPE_OBJECT)

/* One thing on its way to the store. */
typedef struct {
  LimberKioskAsking  *asking; /* (owned) */
  guint               person;
  LimberId            patient;
  LimberDetails       details;
  LimberAnswersDraft *draft; /* (owned) (nullable): none: it is about her details */
} Saying;

static void
saying_free (gpointer data)
{
  Saying *saying = data;

  g_clear_pointer (&saying->draft, limber_answers_draft_free);
  g_object_unref (saying->asking);
  g_free (saying);
}

static void
forget (LimberKioskAsking *self)
{
  g_clear_pointer (&self->response, limber_response_free);
  g_clear_pointer (&self->asking, limber_asking_free);
  g_clear_object (&self->store);
  self->form = self->step = 0;
  self->item = -1;
}

static void
moved (LimberKioskAsking *self)
{
  g_signal_emit (self, signals[SIGNAL_MOVED], 0);
}

static void
end (LimberKioskAsking *self)
{
  forget (self);
  moved (self);
}

static gboolean
carry_out (LimberTransaction *transaction, gpointer data, GError **error)
{
  Saying *saying = data;

  return saying->draft != NULL ? limber_answers_save (transaction, saying->draft, error) : limber_asking_details (transaction, &saying->patient, saying->details, error);
}

/* Who is checked in stays so: what could not be written ends the asking, and that is all. */
static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Saying *saying = data;
  g_autoptr (GError) error = NULL;

  if (!limber_store_write_finish (LIMBER_STORE (source), result, &error)) {
    g_warning ("What somebody answered was not saved: %s", limber_error_for_log (error));
    if (saying->person == saying->asking->person && saying->asking->asking != NULL)
      end (saying->asking);
  }
  saying_free (saying);
}

static void
say (LimberKioskAsking *self, Saying *saying)
{
  saying->asking = g_object_ref (self);
  saying->person = self->person;
  limber_store_write_async (self->store, carry_out, saying, NULL, NULL, on_written, saying);
}

static void
say_answers (LimberKioskAsking *self, LimberResponseStatus status)
{
  const LimberAskedForm *form = g_ptr_array_index (self->asking->forms, self->form);
  Saying *saying = g_new0 (Saying, 1);

  saying->draft = limber_answers_draft (self->asking, form, self->response, status, self->step++, limber_kiosk_language_get ()->code);
  saying->draft->in_person = self->in_person;
  say (self, saying);
}

/* The next form, or the end. */
static void
begin_form (LimberKioskAsking *self)
{
  for (; self->form < self->asking->forms->len; self->form++) {
    const LimberAskedForm *form = g_ptr_array_index (self->asking->forms, self->form);

    g_clear_pointer (&self->response, limber_response_free);
    self->response = limber_response_new (form->form);
    self->item = limber_response_next (self->response, -1);
    self->step = 0;
    if (self->item >= 0)
      return;
  }
  forget (self);
}

static void
go_on (LimberKioskAsking *self)
{
  int next = limber_response_next (self->response, self->item);

  say_answers (self, next >= 0 ? LIMBER_RESPONSE_IN_PROGRESS : LIMBER_RESPONSE_COMPLETED);
  if (next >= 0)
    self->item = next;
  else {
    self->form++;
    begin_form (self);
  }
  moved (self);
}

static gboolean
is_asking (LimberKioskAsking *self)
{
  return self->asking != NULL && self->response != NULL;
}

static void
on_answer (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAsking *self = data;

  if (is_asking (self) && limber_response_answer (self->response, (guint) self->item, g_variant_get_int32 (target), NULL))
    go_on (self);
}

static void
on_skip (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAsking *self = data;

  if (is_asking (self) && limber_response_skip (self->response, (guint) self->item, NULL))
    go_on (self);
}

/* What she has said so far is kept; the rest a person asks her, of all forms. */
static void
on_in_person (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAsking *self = data;

  if (!is_asking (self))
    return;
  self->in_person = TRUE;
  say_answers (self, LIMBER_RESPONSE_STOPPED);
  end (self);
}

static void
on_details (GSimpleAction *action, GVariant *target, gpointer data)
{
  LimberKioskAsking *self = data;
  int said = g_variant_get_int32 (target);

  if (self->asking == NULL || self->response != NULL)
    return;
  if (said == LIMBER_KIOSK_DETAILS_RIGHT || said == LIMBER_KIOSK_DETAILS_CHANGED) {
    Saying *saying = g_new0 (Saying, 1);

    self->changed = said == LIMBER_KIOSK_DETAILS_CHANGED;
    saying->patient = self->asking->patient;
    saying->details = self->changed ? LIMBER_DETAILS_CHANGED : LIMBER_DETAILS_RIGHT;
    say (self, saying);
  }
  begin_form (self);
  moved (self);
}

static void
limber_kiosk_asking_dispose (GObject *object)
{
  forget (LIMBER_KIOSK_ASKING (object));
  G_OBJECT_CLASS (limber_kiosk_asking_parent_class)->dispose (object);
}

static void
limber_kiosk_asking_class_init (LimberKioskAskingClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = limber_kiosk_asking_dispose;
  signals[SIGNAL_MOVED] = g_signal_new ("moved", LIMBER_TYPE_KIOSK_ASKING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
limber_kiosk_asking_init (LimberKioskAsking *self)
{
  forget (self);
}

LimberKioskAsking *
limber_kiosk_asking_new (void)
{
  return g_object_new (LIMBER_TYPE_KIOSK_ASKING, NULL);
}

/**
 * limber_kiosk_asking_add_actions:
 * @actions: those of the pages; they go with @asking
 */
void
limber_kiosk_asking_add_actions (LimberKioskAsking *asking, GActionMap *actions)
{
  static const GActionEntry entries[] = { { "answer", on_answer, "i" }, { "skip-question", on_skip }, { "in-person", on_in_person }, { "details", on_details, "i" } };

  g_action_map_add_action_entries (actions, entries, G_N_ELEMENTS (entries), asking);
}

/* What is looked for in the store. */
typedef struct {
  LimberKioskAsking *asking; /* (unowned) */
  const LimberId    *appointment;
} Search;

static gboolean
find (LimberReader *reader, gpointer data, GError **error)
{
  Search *search = data;

  search->asking->asking = limber_asking_find (reader, search->appointment, error);
  return search->asking->asking != NULL;
}

/**
 * limber_kiosk_asking_begin:
 * @store: the kiosk's
 * @appointment: one that somebody has been checked in for, on the disk
 *
 * Returns: whether she is asked anything
 */
gboolean
limber_kiosk_asking_begin (LimberKioskAsking *asking, LimberStore *store, const LimberId *appointment)
{
  limber_kiosk_asking_leave (asking);
  if (!limber_store_read (store, find, &(Search){ asking, appointment }, NULL)) {
    forget (asking);
    return FALSE;
  }
  asking->store = g_object_ref (store);
  if (asking->asking->masked_phone == NULL)
    begin_form (asking);
  return asking->asking != NULL;
}

/**
 * limber_kiosk_asking_is_over:
 *
 * Returns: whether nothing more is asked
 */
gboolean
limber_kiosk_asking_is_over (LimberKioskAsking *asking)
{
  return asking->asking == NULL;
}

/**
 * limber_kiosk_asking_back:
 *
 * The question before, with what she answered; at the first there is none.
 */
void
limber_kiosk_asking_back (LimberKioskAsking *asking)
{
  int before = is_asking (asking) ? limber_response_previous (asking->response, asking->item) : -1;

  if (before < 0)
    return;
  asking->item = before;
  moved (asking);
}

/**
 * limber_kiosk_asking_leave:
 *
 * She has gone: what she has answered is kept as stopped, and nothing of it here.
 */
void
limber_kiosk_asking_leave (LimberKioskAsking *asking)
{
  if (is_asking (asking))
    say_answers (asking, LIMBER_RESPONSE_STOPPED);
  forget (asking);
  asking->person++;
  asking->changed = asking->in_person = FALSE;
}

/**
 * limber_kiosk_asking_get_note:
 *
 * Returns: (nullable): what she is told in the end of what she said
 */
const char *
limber_kiosk_asking_get_note (LimberKioskAsking *asking)
{
  if (asking->in_person)
    return _("We have told the desk that you would like a person to ask you.");
  return asking->changed ? _("The desk will ask you for your new phone number.") : NULL;
}

/**
 * limber_kiosk_asking_make_page:
 *
 * Returns: (transfer floating): the page of what is asked now; not when it is over
 */
LimberKioskPage *
limber_kiosk_asking_make_page (LimberKioskAsking *asking)
{
  if (asking->response == NULL)
    return limber_kiosk_details_new (asking->asking->masked_phone);
  return limber_kiosk_ask_new (asking->response, (guint) asking->item);
}
