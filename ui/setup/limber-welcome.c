/* Its pages: "ways"; "code", what was typed; "offer", what that is for; "working"; "made". A demonstration stands in a folder of its own in
 * the store's, named by its day, so that it is in nobody's way who joins later, and a new one in none's. */
#include "limber-welcome.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "limber-date.h"
#include "limber-demo.h"
#include "limber-demonstration.h"
#include "limber-job.h"
#include "limber-joining.h"
#include "limber-json.h"
#include "limber-person.h"

#define FOLDER "demonstration-"
#define PROGRAM_CLASSES (LIMBER_CLASS_DESK | LIMBER_CLASS_CLINIC | LIMBER_CLASS_OFFICE)

struct _LimberWelcome {
  GtkWidget     parent_instance;
  char         *dir;         /* (owned) (nullable): where a store is to be */
  LimberEnv    *env;         /* (owned) (nullable) */
  LimberJoining *joining;    /* (owned) (nullable) */
  LimberJob    *job;         /* (owned) (nullable): the demonstration that is made now */
  char         *before;      /* (owned) (nullable): the newest demonstration that is there */
  GtkWidget    *box;
  GtkStack     *stack;
  GtkLabel     *why;
  GtkWidget    *join_way;
  GtkWidget    *go_on_way;
  GtkLabel     *go_on_what;
  GtkEntry     *entry;
  GtkLabel     *counted;
  GtkWidget    *address_box;
  GtkEntry     *address;
  GtkWidget    *wrong_box;
  GtkLabel     *wrong;
  GtkWidget    *look;
  GtkLabel     *offer_site;
  GtkLabel     *offer_class;
  GtkLabel     *offer_what;
  GtkLabel     *offer_name;
  GtkLabel     *offer_expires;
  GtkWidget    *offer_wrong_box;
  GtkLabel     *offer_wrong;
  GtkWidget    *join;
  GtkWidget    *other_code;
  GtkLabel     *doing;
  GtkProgressBar *bar;
  GtkWidget    *stop;
  GtkLabel     *made_title;
  GtkLabel     *made_pin;
  GtkLabel     *made_staff;
  GtkWidget    *begin;
  guint         pulse;
};

enum {
  READY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberWelcome, limber_welcome, GTK_TYPE_WIDGET)

static void
show (LimberWelcome *self, const char *page, gpointer focus)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_grab_focus (GTK_WIDGET (focus));
}

static void
say_wrong (GtkWidget *box, GtkLabel *label, const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (box, text != NULL);
}

/* Ways */

static char *
find_demonstration (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  g_autofree char *newest = NULL;
  const char *name;

  while (open != NULL && (name = g_dir_read_name (open)) != NULL) {
    g_autofree char *store = g_build_filename (dir, name, "store.db", NULL);

    if (g_str_has_prefix (name, FOLDER) && limber_date_is_valid (name + strlen (FOLDER)) && (newest == NULL || strcmp (name, newest) > 0) && g_file_test (store, G_FILE_TEST_EXISTS)) {
      g_free (newest);
      newest = g_strdup (name);
    }
  }
  return newest != NULL ? g_build_filename (dir, newest, NULL) : NULL;
}

static void
show_ways (LimberWelcome *self)
{
  g_free (self->before);
  self->before = find_demonstration (self->dir);
  gtk_widget_set_visible (self->go_on_way, self->before != NULL);
  if (self->before != NULL) {
    g_autofree char *day = limber_date_for_staff (self->before + strlen (self->before) - LIMBER_DATE_LENGTH);
    /* Translators: %s is a date, 23-Nov-2026. */
    g_autofree char *text = g_strdup_printf (_("The one that was made on %s."), day);

    gtk_label_set_text (self->go_on_what, text);
  }
  show (self, "ways", self->join_way);
}

static void
go_on (LimberWelcome *self)
{
  g_autofree char *dir = g_strdup (self->before);

  if (dir != NULL)
    g_signal_emit (self, signals[READY], 0, dir);
}

/* Joining */

static void
begin_to_wait (LimberWelcome *self, const char *doing)
{
  gtk_label_set_text (self->doing, doing);
  gtk_progress_bar_set_fraction (self->bar, 0);
  show (self, "working", self->stop);
}

static gboolean
pulse (gpointer data)
{
  gtk_progress_bar_pulse (((LimberWelcome *) data)->bar);
  return G_SOURCE_CONTINUE;
}

static char *
whole_code (LimberWelcome *self)
{
  return limber_joining_whole (gtk_editable_get_text (GTK_EDITABLE (self->entry)), gtk_editable_get_text (GTK_EDITABLE (self->address)));
}

static void
code_changed (LimberWelcome *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *code = whole_code (self), *words = limber_joining_count (typed);

  gtk_label_set_text (self->counted, words);
  gtk_widget_set_visible (self->address_box, limber_joining_lacks_address (typed));
  gtk_widget_set_sensitive (self->look, code != NULL);
  say_wrong (self->wrong_box, self->wrong, NULL);
}

static void
show_code (LimberWelcome *self)
{
  code_changed (self);
  show (self, "code", self->entry);
}

static void
show_offer (LimberWelcome *self, const LimberOffer *offer)
{
  gtk_label_set_text (self->offer_site, offer->site);
  gtk_label_set_text (self->offer_class, offer->klass);
  gtk_label_set_text (self->offer_what, offer->what);
  gtk_label_set_text (self->offer_name, offer->name);
  gtk_label_set_text (self->offer_expires, offer->until);
  say_wrong (self->offer_wrong_box, self->offer_wrong, offer->misfit);
  gtk_widget_set_visible (self->join, offer->misfit == NULL);
  show (self, "offer", offer->misfit == NULL ? self->join : self->other_code);
}

static void
tell_ready (LimberWelcome *self)
{
  g_autofree char *dir = g_strdup (self->dir);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  g_signal_emit (self, signals[READY], 0, dir);
}

static void
joining_changed (LimberWelcome *self)
{
  LimberJoiningStage stage = limber_joining_get_stage (self->joining);

  g_clear_handle_id (&self->pulse, g_source_remove);
  if (limber_joining_is_asking (self->joining)) {
    begin_to_wait (self, limber_joining_doing (self->joining));
    self->pulse = g_timeout_add (150, pulse, self);
  } else if (stage == LIMBER_JOINING_OFFERED)
    show_offer (self, limber_joining_get_offer (self->joining));
  else if (stage == LIMBER_JOINING_TYPING) {
    show_code (self);
    say_wrong (self->wrong_box, self->wrong, limber_joining_get_wrong (self->joining));
  } else
    tell_ready (self);
}

static void
look (LimberWelcome *self)
{
  g_autofree char *code = whole_code (self);

  if (code != NULL)
    limber_joining_look (self->joining, code);
}

static void
join (LimberWelcome *self)
{
  limber_joining_join (self->joining);
}

/* A demonstration */

/* What is made, for the thread. */
typedef struct {
  char      *dir; /* (owned) */
  LimberEnv *env; /* (owned) */
} Making;

static void
making_free (gpointer data)
{
  Making *making = data;

  g_free (making->dir);
  limber_env_unref (making->env);
  g_free (making);
}

static void
tell (double done, gpointer job)
{
  limber_job_tell (job, done);
}

static gpointer
make (LimberJob *job, gpointer data, GError **error)
{
  const Making *making = data;

  return limber_demonstration_make (making->dir, &(LimberDemonstrationPlan){ LIMBER_DEMO_PATIENTS, limber_job_cancellable (job), tell, job }, making->env, error);
}

static void
show_progress (LimberWelcome *self, double done)
{
  gtk_progress_bar_set_fraction (self->bar, MAX (done, 0));
}

static void
show_made (LimberWelcome *self, const json_t *made)
{
  g_autoptr (GString) staff = g_string_new (NULL);
  /* Translators: %s is a PIN. */
  g_autofree char *pin = g_strdup_printf (_("Everybody’s PIN is %s. The sign-in page says it too."), limber_json_string (made, "pin"));
  const json_t *one;
  gsize i;

  json_array_foreach (json_object_get (made, "staff"), i, one) {
    g_autofree char *name = limber_person_spoken (limber_json_string (one, "given"), limber_json_string (one, "family"));

    g_string_append_printf (staff, "%s%s · %s", i > 0 ? "\n" : "", name, limber_person_role (limber_json_string (one, "role")));
  }
  gtk_label_set_text (self->made_title, limber_json_string (made, "site"));
  gtk_label_set_text (self->made_pin, pin);
  gtk_label_set_text (self->made_staff, staff->str);
  show (self, "made", self->begin);
}

static void
on_made (LimberJob *job, LimberWelcome *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) made = limber_job_finish (job, &error);

  if (job != self->job)
    return;
  g_clear_object (&self->job);
  show_ways (self);
  if (made != NULL)
    show_made (self, made);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    gtk_label_set_text (self->why, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->why), TRUE);
  }
}

/* One a day, and another beside it when that one is not wanted any more. */
static void
demonstrate (LimberWelcome *self)
{
  Making *making = g_new0 (Making, 1);
  char today[LIMBER_DATE_LENGTH + 1];

  limber_date_of_time (limber_env_now (self->env), today);
  making->dir = g_strconcat (self->dir, G_DIR_SEPARATOR_S FOLDER, today, NULL);
  making->env = limber_env_ref (self->env);
  if (g_strcmp0 (making->dir, self->before) == 0) {
    making_free (making);
    go_on (self);
    return;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->why), FALSE);
  begin_to_wait (self, _("Inventing a site, its people and today’s appointments…"));
  self->job = limber_job_new (make, making, making_free, (GDestroyNotify) json_decref);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (on_made), self, 0);
  limber_job_start (self->job);
}

static void
stop (LimberWelcome *self)
{
  if (self->job != NULL)
    limber_job_stop (self->job);
  if (self->joining != NULL)
    limber_joining_stop (self->joining);
}

static void
limber_welcome_dispose (GObject *object)
{
  LimberWelcome *self = LIMBER_WELCOME (object);

  limber_welcome_stop (self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (limber_welcome_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, box);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, stack);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, why);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, join_way);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, go_on_way);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, go_on_what);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, entry);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, counted);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, address_box);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, address);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, look);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_site);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_class);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_what);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_name);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_expires);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_wrong_box);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, offer_wrong);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, join);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, other_code);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, doing);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, stop);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, made_title);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, made_pin);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, made_staff);
  gtk_widget_class_bind_template_child (widget_class, LimberWelcome, begin);
}

static void
limber_welcome_class_init (LimberWelcomeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_welcome_dispose;
  signals[READY] = g_signal_new ("ready", LIMBER_TYPE_WELCOME, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-welcome.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, show_ways);
  gtk_widget_class_bind_template_callback (widget_class, show_code);
  gtk_widget_class_bind_template_callback (widget_class, code_changed);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, join);
  gtk_widget_class_bind_template_callback (widget_class, demonstrate);
  gtk_widget_class_bind_template_callback (widget_class, go_on);
  gtk_widget_class_bind_template_callback (widget_class, stop);
}

static void
limber_welcome_init (LimberWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * limber_welcome_start:
 * @dir: where a store is to be
 * @why: (nullable): why there is none, when there was one
 *
 * Welcomes whoever started Limber where there is no store.
 */
void
limber_welcome_start (LimberWelcome *self, const char *dir, LimberEnv *env, const char *why)
{
  limber_welcome_stop (self);
  self->dir = g_strdup (dir);
  self->env = limber_env_ref (env);
  self->joining = limber_joining_new (dir, PROGRAM_CLASSES, env);
  g_signal_connect_object (self->joining, "changed", G_CALLBACK (joining_changed), self, G_CONNECT_SWAPPED);
  gtk_label_set_text (self->why, why != NULL ? why : "");
  gtk_widget_set_visible (GTK_WIDGET (self->why), why != NULL);
  show_ways (self);
}

/**
 * limber_welcome_stop:
 *
 * Ends it: what was typed is forgotten, and what is under way is stopped.
 */
void
limber_welcome_stop (LimberWelcome *self)
{
  stop (self);
  g_clear_object (&self->job);
  if (self->joining != NULL)
    g_signal_handlers_disconnect_by_func (self->joining, joining_changed, self);
  g_clear_object (&self->joining);
  g_clear_handle_id (&self->pulse, g_source_remove);
  if (self->dir != NULL && self->entry != NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
    gtk_editable_set_text (GTK_EDITABLE (self->address), "");
  }
  g_clear_pointer (&self->dir, g_free);
  g_clear_pointer (&self->env, limber_env_unref);
  g_clear_pointer (&self->before, g_free);
}
