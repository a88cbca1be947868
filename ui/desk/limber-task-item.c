/* The sentence names the people whom the task is about; the day knows their names, and tells them when it has them. */
#include "limber-task-item.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-json.h"
#include "limber-likeness.h"
#include "limber-person.h"

struct _LimberTaskItem {
  GObject    parent_instance;
  LimberRow *row;          /* (owned) */
  GArray    *appointments; /* (owned): LimberId, those that the task is about */
  GArray    *people;       /* (owned): LimberId, the records that may be one person */
  char      *text;         /* (owned) */
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LimberTaskItem, limber_task_item, G_TYPE_OBJECT)

static void
limber_task_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, LIMBER_TASK_ITEM (object)->text);
}

static void
limber_task_item_finalize (GObject *object)
{
  LimberTaskItem *self = LIMBER_TASK_ITEM (object);

  g_clear_object (&self->row);
  g_array_unref (self->appointments);
  g_array_unref (self->people);
  g_free (self->text);
  G_OBJECT_CLASS (limber_task_item_parent_class)->finalize (object);
}

static void
limber_task_item_class_init (LimberTaskItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = limber_task_item_get_property;
  object_class->finalize = limber_task_item_finalize;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
limber_task_item_init (LimberTaskItem *self)
{
  self->appointments = g_array_new (FALSE, FALSE, sizeof (LimberId));
  self->people = g_array_new (FALSE, FALSE, sizeof (LimberId));
  self->text = g_strdup ("");
}

static void
read_candidates (LimberTaskItem *self)
{
  const char *text = limber_row_text (self->row, "candidates");
  g_autoptr (json_t) list = text != NULL ? limber_json_parse (text, strlen (text), NULL) : NULL;
  GArray *ids = g_str_equal (limber_task_item_get_about (self), "duplicate") ? self->people : self->appointments;
  json_t *candidate;
  size_t i;
  LimberId id;

  json_array_foreach (list, i, candidate)
    if (json_is_string (candidate) && limber_id_parse (&id, json_string_value (candidate)))
      g_array_append_val (ids, id);
}

/**
 * limber_task_item_new:
 * @row: a row of the query "tasks-open"
 *
 * Returns: (transfer full): the item
 */
LimberTaskItem *
limber_task_item_new (LimberRow *row)
{
  LimberTaskItem *self = g_object_new (LIMBER_TYPE_TASK_ITEM, NULL);

  self->row = g_object_ref (row);
  if (limber_row_has (row, "appointment"))
    g_array_append_vals (self->appointments, limber_row_id (row, "appointment"), 1);
  read_candidates (self);
  limber_task_item_set_names (self, NULL);
  return self;
}

const LimberId *
limber_task_item_get_id (LimberTaskItem *self)
{
  return limber_row_id (self->row, "id");
}

const char *
limber_task_item_get_about (LimberTaskItem *self)
{
  const char *about = limber_row_text (self->row, "about");

  return about != NULL ? about : "other";
}

gint64
limber_task_item_get_made (LimberTaskItem *self)
{
  return limber_row_integer (self->row, "made");
}

/**
 * limber_task_item_get_appointments:
 *
 * Returns: (transfer none) (element-type LimberId): the appointments that the task is about
 */
GArray *
limber_task_item_get_appointments (LimberTaskItem *self)
{
  return self->appointments;
}

/**
 * limber_task_item_get_people:
 *
 * Returns: (transfer none) (element-type LimberId): the records that may be one person, if the task asks about that
 */
GArray *
limber_task_item_get_people (LimberTaskItem *self)
{
  return self->people;
}

const char *
limber_task_item_get_text (LimberTaskItem *self)
{
  return self->text;
}

/* The task's text is how many tries there were and, on a line of its own, the screen's name (app/care/limber-guessing.c). */
static char *
guessing (const char *text, const char *time)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", 2);
  gulong n = lines[0] != NULL ? strtoul (lines[0], NULL, 10) : 0;

  if (lines[0] != NULL && lines[1] != NULL && *lines[1] != '\0')
    /* Translators: a number, the name of a screen, and a time. */
    return g_strdup_printf (ngettext ("%1$lu try at “%2$s” since %3$s matched nobody. See whether somebody needs help there.",
                                      "%1$lu tries in a row at “%2$s” since %3$s matched nobody. See whether somebody needs help there.", n), n, lines[1], time);
  return g_strdup_printf (ngettext ("%1$lu try at a kiosk since %2$s matched nobody. See whether somebody needs help there.",
                                    "%1$lu tries in a row at a kiosk since %2$s matched nobody. See whether somebody needs help there.", n), n, time);
}

/* The task's text is what is at two places at once (app/care/limber-booked-twice.c). */
static char *
booked_twice (const char *text, const char *name)
{
  if (g_strcmp0 (text, "person") == 0)
    /* Translators: a person's name. */
    return g_strdup_printf (_("%s is booked twice at one time, by two desks that were apart. Move one of the two."), name);
  if (g_strcmp0 (text, "room") == 0)
    return g_strdup_printf (_("%s and somebody else are booked at one time in one room, by two desks that were apart. Move one of the two."), name);
  return g_strdup_printf (_("%s and somebody else are booked at one time with one clinician, by two desks that were apart. Move one of the two."), name);
}

static char *
sentence (LimberTaskItem *self, const char *time, const char *names)
{
  const char *about = limber_task_item_get_about (self), *text = limber_row_text (self->row, "text");
  g_autofree char *person = NULL;

  if (g_str_equal (about, "guessing"))
    return guessing (text, time);
  if (g_str_equal (about, "cannot-tell-apart") && names != NULL)
    /* Translators: a time, then the names of the people who match, joined by "or". */
    return g_strdup_printf (_("%s at the kiosk: %s. Ask which, and check in the right one."), time, names);
  if (g_str_equal (about, "cannot-tell-apart"))
    return g_strdup_printf (_("%s at the kiosk: two people match. Ask who it is, and check in the right one."), time);
  if ((names == NULL || g_str_equal (about, "booked-twice")) && limber_row_has (self->row, "family"))
    names = person = limber_person_name (limber_row_text (self->row, "family"), limber_row_text (self->row, "given"), limber_row_text (self->row, "title"));
  if (names == NULL)
    names = _("somebody");
  if (g_str_equal (about, "booked-twice"))
    return booked_twice (text, names);
  if (g_str_equal (about, "must-be-seen"))
    return g_strdup_printf (_("%s at the kiosk: %s is asked to see you first. Not checked in yet."), time, names);
  if (g_str_equal (about, "came-late"))
    return g_strdup_printf (_("%s at the kiosk: %s came too late to check in there. Ask whether they can still be seen."), time, names);
  if (g_str_equal (about, "came-cancelled"))
    return g_strdup_printf (_("%s at the kiosk: %s came, but the appointment is cancelled."), time, names);
  if (g_str_equal (about, "duplicate"))
    return g_strdup_printf (_("%s may be here twice: %s. Compare the two records."), names, limber_alike_words (limber_alike_parse (text)));
  if (g_str_equal (about, "details-changed"))
    return g_strdup_printf (_("%s: %s says that the details held are not right. Ask for the new ones."), time, names);
  if (g_str_equal (about, "ask-in-person"))
    return g_strdup_printf (_("%s at the kiosk: %s would rather be asked the questions by a person."), time, names);
  if (g_str_equal (about, "triage"))
    return g_strdup_printf (_("%s: a referral of %s was taken down by telephone and waits for triage."), time, names);
  return g_strdup_printf ("%s: %s", time, text != NULL ? text : _("There is something to do."));
}

/**
 * limber_task_item_set_names:
 * @names: (nullable): the names of the people in question, %NULL-ended, in the order of the appointments
 *
 * Writes the sentence.
 */
void
limber_task_item_set_names (LimberTaskItem *self, const char *const *names)
{
  g_autofree char *time = limber_time_for_staff (limber_task_item_get_made (self));
  /* Translators: between the names of people of whom it is one. */
  g_autofree char *joined = names != NULL && names[0] != NULL ? g_strjoinv (_(" or "), (char **) names) : NULL;
  g_autofree char *text = sentence (self, time, joined);

  if (g_str_equal (text, self->text))
    return;
  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}
