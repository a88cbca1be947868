/* Facts are read in a worker when the page comes into sight, and again after a copy. One long work at a time: a copy, or a check. */
#include "limber-setup-computer.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "limber-backup.h"
#include "limber-computer-facts.h"
#include "limber-date.h"
#include "limber-error.h"
#include "limber-job.h"
#include "limber-json.h"
#include "limber-verify.h"

struct _LimberSetupComputer {
  GtkWidget              parent_instance;
  const LimberSetupWork *work;  /* (unowned) (nullable) */
  LimberJob             *facts; /* (owned) (nullable): while they are read */
  LimberJob             *job;   /* (owned) (nullable): the long work */
  gboolean               copies; /* it is a copy */
  AdwActionRow          *name, *version, *node, *size, *room, *synced, *unsent, *copied, *disk, *forms;
  GtkWidget             *tight, *open;
  GtkEntry              *folder;
  GtkWidget             *copy, *check;
  GtkWidget             *working;
  GtkLabel              *doing;
  GtkProgressBar        *bar;
  GtkWidget             *told_box;
  GtkWidget             *told_icon;
  GtkLabel              *told;
};

enum {
  CHANGE,
  SAID,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LimberSetupComputer, limber_setup_computer, GTK_TYPE_WIDGET)

static void read_facts (LimberSetupComputer *self);

static void
set_fact (AdwActionRow *row, const char *text)
{
  g_autofree char *plain = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, plain);
}

static void
show_facts (LimberSetupComputer *self, const LimberComputerFacts *facts)
{
  g_autofree char *title = g_markup_escape_text (facts->name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), title);
  set_fact (self->name, facts->what);
  set_fact (self->version, facts->version);
  set_fact (self->node, facts->node);
  set_fact (self->size, facts->size);
  set_fact (self->room, facts->room);
  set_fact (self->synced, facts->synced);
  set_fact (self->unsent, facts->unsent);
  set_fact (self->copied, facts->copied);
  set_fact (self->disk, facts->disk);
  set_fact (self->forms, facts->forms != NULL ? facts->forms : _("None. A kiosk then asks nothing."));
  gtk_widget_set_visible (self->tight, facts->is_tight);
  gtk_widget_set_visible (self->open, facts->is_open);
}

static gpointer
collect (LimberJob *job, gpointer store, GError **error)
{
  return limber_computer_facts_read (store, error);
}

static void
facts_read (LimberJob *job, LimberSetupComputer *self)
{
  g_autoptr (LimberComputerFacts) facts = limber_job_finish (job, NULL);

  if (job != self->facts)
    return;
  g_clear_object (&self->facts);
  if (facts != NULL)
    show_facts (self, facts);
}

static void
read_facts (LimberSetupComputer *self)
{
  g_clear_object (&self->facts);
  self->facts = limber_job_new (collect, g_object_ref (self->work->store), g_object_unref, (GDestroyNotify) limber_computer_facts_free);
  g_signal_connect_object (self->facts, "ended", G_CALLBACK (facts_read), self, 0);
  limber_job_start (self->facts);
}

/* Long work */

static void
tell (LimberSetupComputer *self, gboolean good, const char *text)
{
  gtk_image_set_from_icon_name (GTK_IMAGE (self->told_icon), good ? "limber-here-symbolic" : "limber-attention-symbolic");
  gtk_label_set_text (self->told, text != NULL ? text : "");
  gtk_widget_set_visible (self->told_box, text != NULL);
}

static void
show_working (LimberSetupComputer *self)
{
  gboolean works = self->job != NULL;

  gtk_widget_set_visible (self->working, works);
  gtk_widget_set_sensitive (self->copy, !works);
  gtk_widget_set_sensitive (self->check, !works);
}

static void
show_progress (LimberSetupComputer *self, double done)
{
  if (done <= 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, done);
}

static void
job_told (double done, gpointer job)
{
  limber_job_tell (job, done);
}

/* What a copy is of, and where it goes. */
typedef struct {
  LimberStore *store; /* (owned) */
  char        *file;  /* (owned) (nullable) */
} Toil;

static void
toil_free (gpointer data)
{
  Toil *toil = data;

  g_object_unref (toil->store);
  g_free (toil->file);
  g_free (toil);
}

static gpointer
make_copy (LimberJob *job, gpointer data, GError **error)
{
  const Toil *toil = data;
  const LimberLong work = { limber_job_cancellable (job), job_told, job };

  if (!limber_backup_write_long (toil->store, toil->file, FALSE, &work, error) || !limber_computer_note_copy (toil->store, error))
    return NULL;
  /* Translators: %s is a file. */
  return g_strdup_printf (_("The copy is whole, and in %s. It holds people’s records: keep it where nobody else comes to it."), toil->file);
}

static gboolean
verify (LimberReader *reader, gpointer data, GError **error)
{
  const LimberLong work = { limber_job_cancellable (data), job_told, data };
  g_autoptr (json_t) report = NULL;
  gboolean sound = limber_verify_long (reader, &work, &report, error);

  if (sound)
    g_object_set_data (G_OBJECT (data), "entries", GSIZE_TO_POINTER ((gsize) limber_json_integer (report, "entries", 0)));
  return sound;
}

static gpointer
check_store (LimberJob *job, gpointer data, GError **error)
{
  if (!limber_store_read (((Toil *) data)->store, verify, job, error))
    return NULL;
  return g_strdup_printf (_("The store is sound. All of its %ld changes were looked at."), (long) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (job), "entries")));
}

static void
job_ended (LimberJob *job, LimberSetupComputer *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = limber_job_finish (job, &error);

  if (job != self->job)
    return;
  g_clear_object (&self->job);
  show_working (self);
  if (words != NULL)
    tell (self, TRUE, words);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    tell (self, TRUE, self->copies ? _("Stopped. No copy was made.") : _("Stopped. Nothing was found up to there."));
  else
    tell (self, FALSE, error->message);
  if (self->copies)
    read_facts (self);
  gtk_widget_grab_focus (self->copies ? self->copy : self->check);
}

static void
begin (LimberSetupComputer *self, LimberJobFunc func, char *file, const char *doing)
{
  Toil *toil = g_new0 (Toil, 1);

  toil->store = g_object_ref (self->work->store);
  toil->file = file;
  tell (self, TRUE, NULL);
  gtk_label_set_text (self->doing, doing);
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->job = limber_job_new (func, toil, toil_free, g_free);
  g_signal_connect_object (self->job, "progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "ended", G_CALLBACK (job_ended), self, 0);
  show_working (self);
  limber_job_start (self->job);
}

/* (transfer full): a name that says what it is and when it was made */
static char *
name_copy (LimberSetupComputer *self, const char *folder)
{
  gint64 now = limber_env_now (limber_store_env (self->work->store));
  char day[LIMBER_DATE_LENGTH + 1];
  int minutes = limber_time_minutes (now);
  g_autofree char *name = NULL;

  limber_date_of_time (now, day);
  name = g_strdup_printf ("limber-%s-%02d%02d.db", day, minutes / 60, minutes % 60);
  return g_build_filename (folder, name, NULL);
}

static void
copy (LimberSetupComputer *self)
{
  g_autofree char *folder = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->folder))));

  if (self->work == NULL || self->job != NULL)
    return;
  if (!g_path_is_absolute (folder) || !g_file_test (folder, G_FILE_TEST_IS_DIR)) {
    tell (self, FALSE, _("Say a folder that is there, from its beginning: /media/stick, for example. Nothing was copied."));
    gtk_widget_grab_focus (GTK_WIDGET (self->folder));
    return;
  }
  self->copies = TRUE;
  begin (self, make_copy, name_copy (self, folder), _("Copying the store, and checking the copy…"));
}

static void
check (LimberSetupComputer *self)
{
  if (self->work == NULL || self->job != NULL)
    return;
  self->copies = FALSE;
  begin (self, check_store, NULL, _("Looking at everything in the store…"));
}

static void
stop (LimberSetupComputer *self)
{
  if (self->job != NULL)
    limber_job_stop (self->job);
}

/**
 * limber_setup_computer_start:
 * @work: whose work it is; stays where it is until the page is stopped
 */
void
limber_setup_computer_start (LimberSetupComputer *self, const LimberSetupWork *work)
{
  self->work = work;
  tell (self, TRUE, NULL);
  show_working (self);
  read_facts (self);
}

/**
 * limber_setup_computer_stop:
 *
 * Ends it; long work is stopped.
 */
void
limber_setup_computer_stop (LimberSetupComputer *self)
{
  stop (self);
  g_clear_object (&self->job);
  g_clear_object (&self->facts);
  self->work = NULL;
}

static void
limber_setup_computer_dispose (GObject *object)
{
  LimberSetupComputer *self = LIMBER_SETUP_COMPUTER (object);

  limber_setup_computer_stop (self);
  for (GtkWidget *child; (child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL;)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (limber_setup_computer_parent_class)->dispose (object);
}

static void
limber_setup_computer_class_init (LimberSetupComputerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = limber_setup_computer_dispose;
  signals[CHANGE] = g_signal_new ("change", LIMBER_TYPE_SETUP_COMPUTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAID] = g_signal_new ("said", LIMBER_TYPE_SETUP_COMPUTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/limber/setup/limber-setup-computer.ui");
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, name);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, version);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, node);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, size);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, room);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, synced);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, unsent);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, copied);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, disk);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, forms);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, tight);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, open);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, folder);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, copy);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, check);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, working);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, doing);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, bar);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, told_box);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, told_icon);
  gtk_widget_class_bind_template_child (widget_class, LimberSetupComputer, told);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback (widget_class, check);
  gtk_widget_class_bind_template_callback (widget_class, stop);
}

static void
limber_setup_computer_init (LimberSetupComputer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
