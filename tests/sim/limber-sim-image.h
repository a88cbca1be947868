/* SimImage: the files below a folder, in memory: what a loss of power would leave of them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SimImage SimImage;

SimImage *sim_image_new    (const char *folder);
void      sim_image_refresh (SimImage *image);
SimImage *sim_image_copy   (SimImage *image);
void      sim_image_free   (SimImage *image);
gint64    sim_image_size   (SimImage *image, const char *name);
void      sim_image_put    (SimImage *image, const char *name, gint64 offset, const void *bytes, gsize length);
void      sim_image_cut    (SimImage *image, const char *name, gint64 size);
void      sim_image_set    (SimImage *image, const char *name, GBytes *bytes);
void      sim_image_empty  (SimImage *image, const char *suffix);
guint64   sim_image_print  (SimImage *image);
gboolean  sim_image_settle (SimImage *image, const char *name);
void      sim_image_save   (SimImage *image, const char *folder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimImage, sim_image_free)

G_END_DECLS
