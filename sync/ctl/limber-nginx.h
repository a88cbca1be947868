/* LimberNginx: the configuration of the nginx that stands in front of a node. Whatever a person says is checked when it is set,
 * so that nothing can leave its place in the text. */
#pragma once

#include <gio/gio.h>

#include "limber-env.h"

G_BEGIN_DECLS

#define LIMBER_NGINX_PER_ADDRESS 200 /* a site's 30 devices with an open line and two requests each, and as much again */
#define LIMBER_NGINX_PER_ADDRESS_MAXIMUM 2000

typedef struct {
  char      *folder;        /* (owned) */
  gboolean   installed;     /* it is one of the system's */
  char      *configuration; /* (owned): the file */
  char      *pid;           /* (owned) */
  char      *temporary;     /* (owned): a folder */
  char      *log;           /* (owned) */
  char      *socket;        /* (owned): where limber-node listens */
  char      *certificate;   /* (owned) */
  char      *key;           /* (owned) */
  GPtrArray *listen;        /* (owned): ADDRESS:PORT each, as nginx reads them */
  char      *user;          /* (owned) (nullable): whom the workers are; of none, whoever starts nginx */
  char      *group;         /* (owned) (nullable) */
  guint      per_address;   /* requests and open lines that one address may have at once */
} LimberNginx;

LimberNginx *limber_nginx_new             (const char *folder, GError **error);
void         limber_nginx_free            (LimberNginx *nginx);
gboolean     limber_nginx_set_listen      (LimberNginx *nginx, const char *text, GError **error);
gboolean     limber_nginx_set_socket      (LimberNginx *nginx, const char *path, GError **error);
gboolean     limber_nginx_set_certificate (LimberNginx *nginx, const char *certificate, const char *key, GError **error);
gboolean     limber_nginx_set_user        (LimberNginx *nginx, const char *text, const char *store, GError **error);
gboolean     limber_nginx_set_per_address (LimberNginx *nginx, const char *text, GError **error);
gboolean     limber_nginx_make_certificate (LimberNginx *nginx, const char *const *hosts, LimberEnv *env, gboolean *made, GError **error);
gboolean     limber_nginx_make_socket_folder (LimberNginx *nginx, const char *store, GError **error);
char        *limber_nginx_form            (void);
char        *limber_nginx_to_text         (LimberNginx *nginx);
gboolean     limber_nginx_write           (LimberNginx *nginx, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimberNginx, limber_nginx_free)

G_END_DECLS
