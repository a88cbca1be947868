#include "limber-planning.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-error.h"

struct _LimberPlanning {
  gboolean      is_clinic;
  LimberId      id;      /* of the clinic */
  gboolean      is_new;  /* a clinic that was not there before */
  LimberClinic  clinic;  /* its texts are (owned) */
  LimberClinic  before;  /* the same; unless it is new */
  LimberClosure closure; /* the same */
  gboolean      off;     /* people are seen after all */
};

static LimberClinic
clinic_copy (const LimberClinic *clinic)
{
  LimberClinic copy = *clinic;

  copy.name = g_strdup (clinic->name);
  copy.first = g_strdup (clinic->first);
  copy.last = g_strdup (clinic->last);
  copy.types = g_strdup (clinic->types);
  return copy;
}

static void
clinic_clear (LimberClinic *clinic)
{
  g_free ((char *) clinic->name);
  g_free ((char *) clinic->first);
  g_free ((char *) clinic->last);
  g_free ((char *) clinic->types);
}

/**
 * limber_planning_new_clinic:
 * @id: its id, of a new one too
 * @clinic: what it is to be
 * @before: (nullable): what the person saw; %NULL for a new one
 *
 * Returns: (transfer full): a clinic that is begun, changed or, by its last day, ended
 */
LimberPlanning *
limber_planning_new_clinic (const LimberId *id, const LimberClinic *clinic, const LimberClinic *before)
{
  LimberPlanning *self = g_new0 (LimberPlanning, 1);

  self->is_clinic = TRUE;
  self->id = *id;
  self->is_new = before == NULL;
  self->clinic = clinic_copy (clinic);
  if (before != NULL)
    self->before = clinic_copy (before);
  return self;
}

/**
 * limber_planning_new_closure:
 * @off: whether people are seen on those days after all
 *
 * Returns: (transfer full): closed days
 */
LimberPlanning *
limber_planning_new_closure (const LimberClosure *closure, gboolean off)
{
  LimberPlanning *self = g_new0 (LimberPlanning, 1);

  self->closure = *closure;
  self->closure.first = g_strdup (closure->first);
  self->closure.last = g_strdup (closure->last);
  self->closure.name = g_strdup (closure->name);
  self->off = off;
  return self;
}

void
limber_planning_free (LimberPlanning *self)
{
  clinic_clear (&self->clinic);
  clinic_clear (&self->before);
  g_free ((char *) self->closure.first);
  g_free ((char *) self->closure.last);
  g_free ((char *) self->closure.name);
  g_free (self);
}

static gboolean
is_same_id (const LimberId *held, const LimberId *id)
{
  return held != NULL ? limber_id_equal (held, id) : limber_id_is_nil (id);
}

static gboolean
is_same (const LimberRecord *held, const LimberClinic *clinic)
{
  return g_strcmp0 (limber_record_text (held, "first"), clinic->first) == 0 && g_strcmp0 (limber_record_text (held, "last"), clinic->last) == 0 &&
         g_strcmp0 (limber_record_text (held, "name"), clinic->name) == 0 && limber_record_integer (held, "every") == clinic->every && limber_record_integer (held, "begins") == clinic->begins &&
         limber_record_integer (held, "ends") == clinic->ends && limber_record_integer (held, "minutes") == clinic->minutes && is_same_id (limber_record_id (held, "clinician"), &clinic->clinician) &&
         is_same_id (limber_record_id (held, "place"), &clinic->place);
}

/* Whether nothing but their last days differ. */
static gboolean
is_only_ended (const LimberClinic *from, const LimberClinic *to)
{
  return g_strcmp0 (from->first, to->first) == 0 && g_strcmp0 (from->name, to->name) == 0 && g_strcmp0 (from->types, to->types) == 0 && from->every == to->every && from->begins == to->begins &&
         from->ends == to->ends && from->minutes == to->minutes && limber_id_equal (&from->clinician, &to->clinician) && limber_id_equal (&from->place, &to->place);
}

static gboolean
change_clinic (LimberTransaction *transaction, const LimberPlanning *self, const LimberClinic *from, const LimberClinic *to, const LimberAuthor *author, GError **error)
{
  g_autoptr (LimberRecord) held = limber_reader_get (limber_transaction_reader (transaction), "clinic", &self->id, error);

  if (held == NULL)
    return FALSE;
  if (!is_same (held, from))
    return limber_error_refuse (error, _("Somebody else has changed this clinic meanwhile. Nothing of yours was saved: look, and say it again."));
  return is_only_ended (from, to) ? limber_clinic_end (transaction, &self->id, to->last, author, error) : limber_clinic_change (transaction, &self->id, to, author, error);
}

static gboolean
write_clinic (LimberTransaction *transaction, const LimberPlanning *self, gboolean back, const LimberAuthor *author, GError **error)
{
  g_autofree char *never = NULL;
  LimberId id = self->id;

  if (!self->is_new)
    return change_clinic (transaction, self, back ? &self->clinic : &self->before, back ? &self->before : &self->clinic, author, error);
  if (!back)
    return limber_clinic_add (transaction, &self->clinic, &id, author, error);
  never = limber_date_add_days (self->clinic.first, -1);
  return limber_clinic_end (transaction, &id, never, author, error);
}

/**
 * limber_planning_write:
 * @back: whether to take it back
 * @error: as limber_clinic_add(); LIMBER_ERROR_REFUSED also when somebody else has changed it meanwhile
 *
 * Writes it, or takes it back.
 */
gboolean
limber_planning_write (LimberTransaction *transaction, const LimberPlanning *self, gboolean back, const LimberAuthor *author, GError **error)
{
  LimberId id;

  if (self->is_clinic)
    return write_clinic (transaction, self, back, author, error);
  if (self->off == back)
    return limber_closure_add (transaction, &self->closure, &id, author, error);
  limber_closure_id (&self->closure, &id);
  return limber_closure_take_back (transaction, &id, author, error);
}

/**
 * limber_planning_warn:
 *
 * Returns: (transfer full) (nullable): what whoever closed days must do now: move those who are booked then
 */
char *
limber_planning_warn (LimberReader *reader, const LimberPlanning *self)
{
  gint64 n = self->is_clinic || self->off ? 0 : limber_closure_count_booked (reader, &self->closure);

  return n > 0 ? g_strdup_printf (ngettext ("%u person is booked then and has to be moved", "%u people are booked then and have to be moved", (gulong) n), (guint) n) : NULL;
}
